package com.aitutor.localaws;

import software.amazon.awssdk.regions.GeneratedPartitionMetadataProvider;
import software.amazon.awssdk.regions.Region;

/** What a configured provider works in: a region of AWS, such as {@code us-east-1}, and its tables. */
record Account(String region, DynamoDbTables tables) {
    /** The account number shown in ARNs. */
    static final String NUMBER = "000000000000";

    /** Returns the partition: {@code aws}, {@code aws-cn}, {@code aws-us-gov} or another of AWS's. */
    String partition() {
        // PartitionMetadata.of would load what the SDK knows of every region and service, which takes as long as a call
        return new GeneratedPartitionMetadataProvider()
                .partitionMetadata(Region.of(region))
                .id();
    }

    String arn(String service, String resource) {
        return String.join(":", "arn", partition(), service, region, NUMBER, resource);
    }
}
