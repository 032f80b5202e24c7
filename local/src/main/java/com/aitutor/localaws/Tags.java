package com.aitutor.localaws;

import com.aitutor.localaws.PropertySchema.Phase;
import com.aitutor.localaws.PropertySchema.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tags of a resource: those the program gives it and those the provider adds to every resource. */
final class Tags {

    /** AWS's limits for tags (AWS General Reference, "Tag naming limits and requirements"). */
    private static final int MOST_TAGS = 50;

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /** The tags the program gives. */
    static final PropertySchema TAGS =
            PropertySchema.textMap("tags").zeroFrom(Phase.READ).must(Tags::problems);

    /** The tags the resource has, the provider's default tags included. */
    static final PropertySchema TAGS_ALL =
            PropertySchema.textMap("tagsAll").is(Trait.COMPUTED).zeroFrom(Phase.CREATE).containing("tags");

    private Tags() {}

    /**
     * Sets {@code tagsAll} of a plan.
     *
     * @param exists whether the resource exists; before that, a resource without any tags has unknown {@code tagsAll}
     */
    static PropertyMap plan(PropertyMap planned, Map<String, PropertyValue> defaults, boolean exists) {
        PropertyValue tags = planned.get("tags");
        if (tags.isUnknown() || tags.isZero() && defaults.isEmpty() && !exists) {
            return planned.with("tagsAll", PropertyValue.UNKNOWN);
        }
        Map<String, PropertyValue> all = new HashMap<>(defaults);
        all.putAll(tags.fields().values());
        return planned.with("tagsAll", PropertyValue.of(all));
    }

    private static List<String> problems(String attribute, PropertyValue tags) {
        List<String> problems = new ArrayList<>();
        Map<String, PropertyValue> values = tags.fields().values();
        if (values.size() > MOST_TAGS) {
            problems.add("expected at most " + MOST_TAGS + " " + attribute + ", got " + values.size());
        }
        values.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                problems.add("expected keys of " + attribute + " to have 1 to " + LONGEST_KEY + " characters, got \""
                        + key + "\"");
            }
            if (key.startsWith("aws:")) {
                problems.add("keys of " + attribute + " must not begin with \"aws:\", which is reserved, got \"" + key
                        + "\"");
            }
            if (value.text().length() > LONGEST_VALUE) {
                problems.add("expected the value of tag \"" + key + "\" to have at most " + LONGEST_VALUE
                        + " characters, got " + value.text().length());
            }
        });
        return problems;
    }
}
