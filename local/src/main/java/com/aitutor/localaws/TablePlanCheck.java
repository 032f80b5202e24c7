package com.aitutor.localaws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the official provider refuses about a table when it plans it, in its words. */
final class TablePlanCheck {

    private TablePlanCheck() {}

    /**
     * Checks a plan.
     *
     * @throws ProviderException with everything that is wrong
     */
    static void check(PropertyMap inputs, PropertyMap planned) {
        List<String> problems = new ArrayList<>();
        attributes(inputs, planned, problems);
        if (planned.get("restoreSourceName").isZero() && planned.get("restoreSourceTableArn").isZero()) {
            capacity("readCapacity", "read_capacity", inputs, planned, problems);
            capacity("writeCapacity", "write_capacity", inputs, planned, problems);
        }
        timeToLive(planned, problems);
        if (!problems.isEmpty()) {
            throw ProviderException.invalid(String.join("\n", problems));
        }
    }

    private static void attributes(PropertyMap inputs, PropertyMap planned, List<String> problems) {
        PropertyValue indexes = planned.get("globalSecondaryIndexes");
        if (indexes.isUnknown() || inputs.get("attributes").isUnknown()) {
            return;
        }
        Set<String> defined = new TreeSet<>();
        for (PropertyValue attribute : planned.get("attributes").elements()) {
            if (attribute.fields().get("name").isUnknown()) {
                return;
            }
            defined.add(attribute.fields().get("name").text());
        }
        Set<String> used = new TreeSet<>();
        List<PropertyValue> keys = new ArrayList<>(List.of(planned.get("hashKey"), planned.get("rangeKey")));
        for (PropertyValue index : indexes.elements()) {
            keys.add(index.fields().get("hashKey"));
            keys.add(index.fields().get("rangeKey"));
        }
        if (keys.stream().anyMatch(PropertyValue::isUnknown)) {
            return;
        }
        keys.stream().filter(key -> !key.isZero()).forEach(key -> used.add(key.text()));
        Set<String> unused = new TreeSet<>(defined);
        unused.removeAll(used);
        if (!unused.isEmpty()) {
            problems.add("all attributes must be indexed. Unused attributes: " + quoted(unused));
        }
        Set<String> unmatched = new TreeSet<>(used);
        unmatched.removeAll(defined);
        if (!unmatched.isEmpty()) {
            problems.add("all indexes must match a defined attribute. Unmatched indexes: " + quoted(unmatched));
        }
    }

    private static void capacity(
            String property, String attribute, PropertyMap inputs, PropertyMap planned, List<String> problems) {
        String mode = planned.get("billingMode").text();
        if (mode.equals("PAY_PER_REQUEST") && !inputs.get(property).isZero()) {
            problems.add(attribute + " can not be set when billing_mode is \"PAY_PER_REQUEST\"");
        }
        boolean chosen = !inputs.get(property).isUnknown();
        if (mode.equals("PROVISIONED") && chosen && planned.get(property).whole() < 1) {
            problems.add(attribute + " must be at least 1 when billing_mode is \"PROVISIONED\"");
        }
    }

    private static void timeToLive(PropertyMap planned, List<String> problems) {
        PropertyValue.Fields ttl = planned.get("ttl").fields();
        PropertyValue attribute = ttl.get("attributeName");
        if (!ttl.get("enabled").bool()) {
            return;
        }
        if (attribute.isAbsent()) {
            problems.add("Attribute \"ttl[0].attribute_name\" must be specified when \"ttl[0].enabled\" is \"true\"");
        } else if (attribute.isZero()) {
            problems.add("Invalid value\n\nAttribute \"ttl[0].attribute_name\" cannot have an empty value\n\n"
                    + "Path: ttl[0].attribute_name");
        }
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(" ", "[", "]"));
    }
}
