package com.aitutor.chatsessions;

import java.util.Map;

/** The parts of an Amazon resource name that tell where a resource is (IAM user guide, "Amazon Resource Names"). */
record Arn(String partition, String region, String account) {
    /** Partitions by the prefix of their regions; every other region is in {@code aws} (botocore, partitions.json). */
    private static final Map<String, String> PARTITIONS = Map.of(
            "cn-", "aws-cn",
            "us-gov-", "aws-us-gov",
            "us-iso-", "aws-iso",
            "us-isob-", "aws-iso-b",
            "eu-isoe-", "aws-iso-e",
            "us-isof-", "aws-iso-f",
            "eusc-", "aws-eusc");

    static Arn parse(String text) {
        String[] parts = text.split(":", 6);
        return new Arn(parts[1], parts[3], parts[4]);
    }

    static String partitionOf(String region) {
        return PARTITIONS.keySet().stream()
                .filter(region::startsWith)
                .findFirst()
                .map(PARTITIONS::get)
                .orElse("aws");
    }

    /** Whether the resource is in a region, and the partition is that region's. */
    boolean isIn(String otherRegion) {
        return region.equals(otherRegion) && partition.equals(partitionOf(region));
    }
}
