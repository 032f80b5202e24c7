package com.aitutor.chatsessions;

import static com.aitutor.chatsessions.CostChart.dollars;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.aitutor.chatsessions.documentation.GeneratedFile;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.util.DefaultLocale;

/** The numbers of docs/cost-and-scale.md and its chart, computed from what the access patterns measurably consume. */
@DefaultLocale("en-US")
class CostPageTest {
    private static final GeneratedFile PAGE = GeneratedFile.of("docs/cost-and-scale.md");
    private static final GeneratedFile CHART = GeneratedFile.of("docs/cost.svg");
    private static final PriceList PRICES = PriceList.TODAY;
    private static final List<Long> SIZES = List.of(1_000L, 10_000L, 1_000_000L, 10_000_000L);

    private static int alarmMetrics;

    /** How much of a limit the busiest hour takes, and what to do about it. */
    private record Limit(String name, double used, double allowed, String change) {
        double share() {
            return used / allowed;
        }
    }

    /** Counts the metrics of the alarms that the program registers. */
    @BeforeAll
    static void countAlarmMetrics() {
        alarmMetrics = StackRun.of(StackConfiguration.from("prod")).registrations().values().stream()
                .filter(registration -> registration.type().equals("aws:cloudwatch/metricAlarm:MetricAlarm"))
                .mapToInt(registration -> metrics(registration.inputs()))
                .sum();
    }

    private static int metrics(Map<String, Object> alarm) {
        return alarm.get("metricQueries") instanceof List<?> queries
                ? (int) queries.stream()
                        .filter(query -> ((Map<?, ?>) query).containsKey("metric"))
                        .count()
                : 1;
    }

    @Test
    void alarmMetrics() {
        assertThat(alarmMetrics).isEqualTo(11);
    }

    @Test
    void pricesOfUnits() {
        PAGE.assertSection("prices", """

                | | us-east-1 |
                |---|---|
                | 1,000,000 write request units | $%.3f |
                | 1,000,000 read request units | $%.3f |
                | 1 GB of table or index, a month | $%.2f |
                | 1 GB under point-in-time recovery, a month | $%.2f |
                | 1 metric watched by an alarm, a month | $%.2f |

                """.formatted(
                        PRICES.millionWrites(),
                        PRICES.millionReads(),
                        PRICES.storageGigabyte(),
                        PRICES.backupGigabyte(),
                        PRICES.alarmMetric()));
    }

    @Test
    void pricesOfAccessPatterns() {
        Map<String, RequestUnits> patterns = new LinkedHashMap<>();
        patterns.put("Create a session", AccessPatternUnits.CREATE);
        patterns.put(
                "Append a question (%d characters)".formatted(SampleConversation.QUESTION_CHARACTERS),
                AccessPatternUnits.APPEND_QUESTION);
        patterns.put(
                "Append an answer (%,d characters)".formatted(SampleConversation.ANSWER_CHARACTERS),
                AccessPatternUnits.APPEND_ANSWER);
        patterns.put("Open: METADATA and the newest 20 messages, consistently", AccessPatternUnits.OPEN);
        patterns.put("Transcript of 20 messages", AccessPatternUnits.TRANSCRIPT);
        patterns.put("List 20 sessions of a user", AccessPatternUnits.LIST_SESSIONS);
        patterns.put("Find a session", AccessPatternUnits.FIND);
        patterns.put("Touch a session", AccessPatternUnits.TOUCH);
        patterns.put("Delete a session with 20 messages", AccessPatternUnits.DELETE);
        PAGE.assertSection("patterns", patterns.entrySet().stream()
                .map(pattern -> "| %s | %s | %s | %s | %s |\n".formatted(
                        pattern.getKey(),
                        units(pattern.getValue().tableWrites()),
                        units(pattern.getValue().indexWrites()),
                        units(pattern.getValue().reads()),
                        dollars(PRICES.of(pattern.getValue().times(1e6)))))
                .collect(joining("", """

                        | Access pattern | Table writes | Index writes | Reads | A million of them |
                        |---|--:|--:|--:|--:|
                        """, "\n")));
    }

    @Test
    void firstEstimate() {
        double reads = 100_000;
        double writes = 50_000;
        MonthlyUsage asUnits = new MonthlyUsage(new RequestUnits(writes, 0, reads, 0), 1, 0);
        RequestUnits messages = AccessPatternUnits.APPEND_QUESTION
                .plus(AccessPatternUnits.APPEND_ANSWER)
                .times(writes / 2)
                .plus(AccessPatternUnits.OPEN.times(reads));
        MonthlyUsage asTheApp = new MonthlyUsage(messages, 1, 0);
        MonthlyBill then = MonthlyBill.of(asUnits, 0, PriceList.BEFORE_NOVEMBER_2024);
        MonthlyBill now = MonthlyBill.of(asUnits, 0, PRICES);
        MonthlyBill app = MonthlyBill.of(asTheApp, alarmMetrics, PRICES);
        PAGE.assertSection("first estimate", """

                | 100,000 reads, 50,000 writes, 1 GB | Then | Same units today | What the app does, today |
                |---|--:|--:|--:|
                | Reads | %s | %s | %s |
                | Writes to the table | %s | %s | %s |
                | Writes to the index | - | - | %s |
                | Storage | %s | %s | %s |
                | Backup | %s | %s | %s |
                | Alarms | - | - | %s |
                | **Total** | **%s** | **%s** | **%s** |

                """.formatted(
                        dollars(then.reads()), dollars(now.reads()), dollars(app.reads()),
                        dollars(then.tableWrites()), dollars(now.tableWrites()), dollars(app.tableWrites()),
                        dollars(app.indexWrites()),
                        dollars(then.storage()), dollars(now.storage()), dollars(app.storage()),
                        dollars(then.backup()), dollars(now.backup()), dollars(app.backup()),
                        dollars(app.alarms()),
                        dollars(then.total()), dollars(now.total()), dollars(app.total())));
    }

    @Test
    void formula() {
        RequestUnits perUser = MonthlyUsage.of(1).units();
        MonthlyUsage million = MonthlyUsage.of(1_000_000);
        PAGE.assertSection("formula", """

                    write units a user = %1$d sessions x (%2$s create + %3$d turns x (%4$s question + %5$s answer))
                                       = %6$s
                    read units a user  = %1$d sessions x (%7$s list + %8$s transcript + %3$d turns x %9$s open)
                                       = %10$s
                    bytes a session    = %11$,d METADATA + %3$d x (%12$,d question + %13$,d answer)
                                         and in the index %11$,d
                    GB for 1,000,000   = %14$,.0f table + %15$,.1f index
                    dollars a month    = users x (%6$s x $%16$.3f + %10$s x $%17$.3f) / 1,000,000
                                         + (table GB + index GB) x $%18$.2f
                                         + table GB x $%19$.2f
                                         + %20$d alarm metrics x $%21$.2f

                """.formatted(
                        MonthlyUsage.SESSIONS_PER_USER,
                        units(AccessPatternUnits.CREATE.writes()),
                        SampleConversation.TURNS,
                        units(AccessPatternUnits.APPEND_QUESTION.writes()),
                        units(AccessPatternUnits.APPEND_ANSWER.writes()),
                        units(perUser.writes()),
                        units(AccessPatternUnits.LIST_SESSIONS.reads()),
                        units(AccessPatternUnits.TRANSCRIPT.reads()),
                        units(AccessPatternUnits.OPEN.reads()),
                        units(perUser.reads()),
                        MonthlyUsage.metadataBytes(),
                        MonthlyUsage.questionBytes(),
                        MonthlyUsage.answerBytes(),
                        million.tableGigabytes(),
                        million.indexGigabytes(),
                        PRICES.millionWrites(),
                        PRICES.millionReads(),
                        PRICES.storageGigabyte(),
                        PRICES.backupGigabyte(),
                        alarmMetrics,
                        PRICES.alarmMetric()));
    }

    @Test
    void costBySize() {
        PAGE.assertSection("cost", SIZES.stream()
                .map(users -> {
                    MonthlyBill bill = bill(users);
                    return "| %,d | %s | %s | %s | %s | %s | %s | **%s** | $%.5f |\n".formatted(
                            users,
                            dollars(bill.tableWrites()),
                            dollars(bill.indexWrites()),
                            dollars(bill.reads()),
                            dollars(bill.storage()),
                            dollars(bill.backup()),
                            dollars(bill.alarms()),
                            dollars(bill.total()),
                            bill.total() / users);
                })
                .collect(joining("", """

                        | Users | Table writes | Index writes | Reads | Storage | Backup | Alarms | Total | A user |
                        |--:|--:|--:|--:|--:|--:|--:|--:|--:|
                        """, "\n")));
    }

    @Test
    void chart() {
        CHART.assertText(new CostChart(CostPageTest::bill, SIZES).svg());
    }

    @Test
    void limitsBySize() {
        PAGE.assertSection("limits", SIZES.stream()
                .map(users -> {
                    RequestUnits peak = MonthlyUsage.of(users).peak();
                    Limit first = limits(peak).max(Comparator.comparingDouble(Limit::share)).orElseThrow();
                    return "| %,d | %s | %s | %s | %s: %s | %s |\n".formatted(
                            users,
                            perSecond(peak.tableWrites()),
                            perSecond(peak.indexWrites()),
                            perSecond(peak.reads()),
                            first.name(),
                            percent(first.share()),
                            first.change());
                })
                .collect(joining("", """

                        | Users | Table writes/s | Index writes/s | Reads/s | First limit, and how much of it is used | What to change |
                        |--:|--:|--:|--:|---|---|
                        """, "\n")));
    }

    @Test
    void limitsOfTenMillionUsers() {
        PAGE.assertSection("all limits", limits(MonthlyUsage.of(10_000_000).peak())
                .map(limit -> "| %s | %s | %s | %s |\n".formatted(
                        limit.name(), perSecond(limit.used()), perSecond(limit.allowed()), percent(limit.share())))
                .collect(joining("", """

                        | Limit, a second | Used by 10,000,000 users | Allowed | Share |
                        |---|--:|--:|--:|
                        """, "\n")));
    }

    @Test
    void savings() {
        MonthlyUsage usage = MonthlyUsage.of(10_000_000);
        // each item of a transaction is rounded up to whole KB and doubled: question 1, answer 2, METADATA 1
        RequestUnits turnInOneTransaction =
                RequestUnits.writes(2 * (1 + 2 + 1), AccessPatternUnits.APPEND_ANSWER.indexWrites());
        RequestUnits turnInTwo = AccessPatternUnits.APPEND_QUESTION.plus(AccessPatternUnits.APPEND_ANSWER);
        double turns = 10_000_000.0 * MonthlyUsage.SESSIONS_PER_USER * SampleConversation.TURNS;
        double oneTransaction = PRICES.of(turnInTwo.times(turns)) - PRICES.of(turnInOneTransaction.times(turns));

        double hours = MonthlyUsage.DAYS * 24.0;
        double utilization = 0.7;
        double writesPerSecond = usage.units().writes() / (hours * 3_600);
        double readsPerSecond = usage.units().reads() / (hours * 3_600);
        double provisioned = hours
                / utilization
                * (writesPerSecond * PRICES.writeCapacityHour() + readsPerSecond * PRICES.readCapacityHour());
        double eventually = PRICES.of(AccessPatternUnits.OPEN.times(turns)) / 2;
        PAGE.assertSection("savings", """

                | Change | Saves at 10,000,000 users, a month |
                |---|--:|
                | Question and answer in one transaction: %s write units a turn instead of %s | %s |
                | Open with eventually consistent reads, where the app has just written the question itself | %s |
                | Provisioned capacity that auto scaling keeps %s used (%s instead of %s for requests) | %s |

                """.formatted(
                        units(turnInOneTransaction.writes()),
                        units(turnInTwo.writes()),
                        dollars(oneTransaction),
                        dollars(eventually),
                        percent(utilization),
                        dollars(provisioned),
                        dollars(PRICES.of(usage.units())),
                        dollars(PRICES.of(usage.units()) - provisioned)));
    }

    private static Stream<Limit> limits(RequestUnits peak) {
        String nothing = "nothing; one user at a message a second is far below it";
        String warm = "raise the warm throughput before a launch; growth over weeks needs nothing";
        String quota = "ask for a higher table quota, in Service Quotas";
        return Stream.of(
                new Limit(
                        "writes to one session's partition",
                        AccessPatternUnits.APPEND_ANSWER.tableWrites(),
                        1_000,
                        nothing),
                new Limit(
                        "writes to one user's part of the index",
                        AccessPatternUnits.APPEND_ANSWER.indexWrites(),
                        1_000,
                        nothing),
                new Limit("reads of one session's partition", AccessPatternUnits.OPEN.tableReads(), 3_000, nothing),
                new Limit("writes that a new table takes at once", peak.tableWrites(), 4_000, warm),
                new Limit("writes that a new index takes at once", peak.indexWrites(), 4_000, warm),
                new Limit("reads that a new table answers at once", peak.tableReads(), 12_000, warm),
                new Limit("default quota of writes, table and index together", peak.writes(), 40_000, quota),
                new Limit("default quota of reads, table and index together", peak.reads(), 40_000, quota));
    }

    private static MonthlyBill bill(long users) {
        return MonthlyBill.of(MonthlyUsage.of(users), alarmMetrics, PRICES);
    }

    private static String units(double units) {
        return units == 0 ? "-" : units % 1 == 0 ? "%,.0f".formatted(units) : String.valueOf(units);
    }

    private static String perSecond(double units) {
        return (units < 10 ? "%,.1f" : "%,.0f").formatted(units);
    }

    private static String percent(double share) {
        return (share < 0.1 ? "%.1f %%" : "%.0f %%").formatted(share * 100);
    }
}
