package com.aitutor.chatsessions;

/** A month in US dollars, by what is billed. */
record MonthlyBill(
        double tableWrites, double indexWrites, double reads, double storage, double backup, double alarms) {

    static MonthlyBill of(MonthlyUsage usage, int alarmMetrics, PriceList prices) {
        RequestUnits units = usage.units();
        return new MonthlyBill(
                units.tableWrites() / 1e6 * prices.millionWrites(),
                units.indexWrites() / 1e6 * prices.millionWrites(),
                units.reads() / 1e6 * prices.millionReads(),
                (usage.tableGigabytes() + usage.indexGigabytes()) * prices.storageGigabyte(),
                // of the table: an index is not backed up but made again
                usage.tableGigabytes() * prices.backupGigabyte(),
                alarmMetrics * prices.alarmMetric());
    }

    double total() {
        return tableWrites + indexWrites + reads + storage + backup + alarms;
    }
}
