package com.aitutor.localaws;

import java.util.Map;

/**
 * The account and region a provider works in.
 *
 * @param region the configured region
 * @param defaultTags tags the provider adds to every resource
 * @param tables the tables of that region
 */
record Account(AwsRegion region, Map<String, PropertyValue> defaultTags, Tables tables) {

    /** Copies the map. */
    Account {
        defaultTags = Map.copyOf(defaultTags);
    }
}
