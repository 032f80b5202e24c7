package com.aitutor.localaws;

/** What a configured provider works in: a region and its tables. */
record Account(AwsRegion region, DynamoDbTables tables) {}
