package com.aitutor.localaws;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How the plugin's answer differs from the recorded one.
 *
 * @param reason why; empty when it does not differ
 * @param change turns the recorded answer into the plugin's
 */
record Deviation(String reason, UnaryOperator<Map<String, Object>> change) {

    static final Deviation NONE = new Deviation("", recorded -> recorded);

    boolean isDeliberate() {
        return !reason.isEmpty();
    }

    Map<String, Object> expected(Map<String, Object> recorded) {
        return change.apply(recorded);
    }
}
