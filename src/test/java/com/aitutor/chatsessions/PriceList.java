package com.aitutor.chatsessions;

/**
 * Prices in US dollars, us-east-1, table class Standard, without free tiers. Sources and dates: docs/cost-and-scale.md.
 *
 * @param millionWrites a million write request units
 * @param millionReads a million read request units
 * @param storageGigabyte a GB of table or index for a month
 * @param backupGigabyte a GB of table under point-in-time recovery for a month
 * @param alarmMetric a metric that an alarm of standard resolution watches, for a month
 * @param writeCapacityHour a provisioned write unit a second, for an hour
 * @param readCapacityHour a provisioned read unit a second, for an hour
 */
record PriceList(
        double millionWrites,
        double millionReads,
        double storageGigabyte,
        double backupGigabyte,
        double alarmMetric,
        double writeCapacityHour,
        double readCapacityHour) {
    static final PriceList TODAY = new PriceList(0.625, 0.125, 0.25, 0.20, 0.10, 0.00065, 0.00013);

    /** On demand before November 2024, by which the first estimate was made. */
    static final PriceList BEFORE_NOVEMBER_2024 = new PriceList(1.25, 0.25, 0.25, 0.20, 0.10, 0.00065, 0.00013);

    double of(RequestUnits units) {
        return units.writes() / 1e6 * millionWrites + units.reads() / 1e6 * millionReads;
    }
}
