package com.aitutor.preview;

import com.google.gson.JsonElement;

/**
 * One property before and after.
 *
 * @param path of the property in its resource, such as {@code pointInTimeRecovery.enabled} or {@code attributes[0].name}
 * @param before its value, JSON null where there is none
 * @param after its value, JSON null where there is none
 * @param replaces whether this change is why the resource is replaced
 */
record PropertyChange(String path, JsonElement before, JsonElement after, boolean replaces) {}
