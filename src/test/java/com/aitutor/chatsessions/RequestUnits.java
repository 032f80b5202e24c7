package com.aitutor.chatsessions;

/**
 * What a call is billed: write request units and read request units, of the table and of the index.
 *
 * @param tableWrites one for each KB of an item, two for each KB of an item in a transaction
 * @param indexWrites one for each KB of an item put into the index or taken out of it
 * @param tableReads a half for each 4 KB, one for each 4 KB read consistently
 * @param indexReads a half for each 4 KB
 */
record RequestUnits(double tableWrites, double indexWrites, double tableReads, double indexReads) {
    static final RequestUnits NONE = new RequestUnits(0, 0, 0, 0);

    static RequestUnits writes(double table, double index) {
        return new RequestUnits(table, index, 0, 0);
    }

    static RequestUnits reads(double table, double index) {
        return new RequestUnits(0, 0, table, index);
    }

    RequestUnits plus(RequestUnits other) {
        return new RequestUnits(
                tableWrites + other.tableWrites,
                indexWrites + other.indexWrites,
                tableReads + other.tableReads,
                indexReads + other.indexReads);
    }

    RequestUnits times(double factor) {
        return new RequestUnits(tableWrites * factor, indexWrites * factor, tableReads * factor, indexReads * factor);
    }

    double writes() {
        return tableWrites + indexWrites;
    }

    double reads() {
        return tableReads + indexReads;
    }
}
