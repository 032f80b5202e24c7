package com.aitutor.localaws;

import java.util.regex.Pattern;
import software.amazon.awssdk.regions.GeneratedPartitionMetadataProvider;
import software.amazon.awssdk.regions.Region;

/** A region of AWS, such as {@code us-east-1}. */
record AwsRegion(String name) {
    /** The account number shown in ARNs. */
    static final String ACCOUNT = "000000000000";

    private static final Pattern NAME = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Returns the partition: {@code aws}, {@code aws-cn}, {@code aws-us-gov} or another of AWS's. */
    String partition() {
        // PartitionMetadata.of would load what the SDK knows of every region and service, which takes as long as a call
        return new GeneratedPartitionMetadataProvider()
                .partitionMetadata(Region.of(name))
                .id();
    }

    String arn(String service, String resource) {
        return String.join(":", "arn", partition(), service, name, ACCOUNT, resource);
    }
}
