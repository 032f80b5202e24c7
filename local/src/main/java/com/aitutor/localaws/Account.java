package com.aitutor.localaws;

/**
 * The account and region a provider works in.
 *
 * @param region the configured region
 * @param tables the tables of that region
 */
record Account(AwsRegion region, DynamoDbTables tables) {}
