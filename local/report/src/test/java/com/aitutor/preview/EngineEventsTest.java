package com.aitutor.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class EngineEventsTest {
    @Test
    void stepsOfOneReplacementAreOneChange() {
        EngineEvents events = new EventLines()
                .table("create-replacement", "{\"name\":\"old\"}", "{\"name\":\"new\"}", "\"name\"")
                .table("replace", "{\"name\":\"old\"}", "{\"name\":\"new\"}", "\"name\"")
                .table("delete-replaced", "{\"name\":\"old\"}", "", "")
                .succeeded();

        assertThat(events.changes()).singleElement().satisfies(change -> {
            assertThat(change.operation()).isEqualTo(Operation.REPLACE);
            assertThat(change.name()).isEqualTo("sessions-table");
            assertThat(change.physicalName()).isEqualTo("old");
            assertThat(change.properties()).containsExactly(changed("name", "\"old\"", "\"new\"", true));
        });
    }

    @Test
    void changedPropertiesAreFoundAtAnyDepth() {
        EngineEvents events = new EventLines()
                .table(
                        "update",
                        """
                        {"a":{"b":[{"c":1},{"c":2}]},"gone":true,"tags":{"a b":"x"},"same":[1],"__defaults":["z"]}""",
                        """
                        {"a":{"b":[{"c":1},{"c":3},{"c":4}]},"tags":{"a b":"y"},"same":[1],"added":null,"__defaults":[]}""",
                        "")
                .succeeded();

        assertThat(events.changes()).singleElement().satisfies(change -> assertThat(change.properties())
                .containsExactly(
                        changed("a.b[1].c", "2", "3", false),
                        changed("a.b[2]", "null", "{\"c\":4}", false),
                        changed("gone", "true", "null", false),
                        changed("tags[\"a b\"]", "\"x\"", "\"y\"", false)));
    }

    @Test
    void creationSetsEveryProperty() {
        EngineEvents events = new EventLines()
                .alarm("create", "", "{\"name\":\"errors\",\"threshold\":5,\"__defaults\":[]}")
                .succeeded();

        assertThat(events.changes()).singleElement().satisfies(change -> {
            assertThat(change.operation()).isEqualTo(Operation.CREATE);
            assertThat(change.physicalName()).isEqualTo("errors");
            assertThat(change.properties())
                    .containsExactly(changed("name", "null", "\"errors\"", false), changed("threshold", "null", "5", false));
        });
    }

    @Test
    void differenceToWhatAwsHasIsTakenFromItsState() {
        EngineEvents events = EngineEvents.from(new EventLines()
                .line("""
                        {"resourcePreEvent":{"metadata":{"op":"update","urn":"u::n","type":"aws:a:T","diffs":["threshold"],\
                        "old":{"inputs":{"threshold":5},"outputs":{"threshold":9}},"new":{"inputs":{"threshold":5}}}}}""")
                .lines());

        assertThat(events.changes()).singleElement().satisfies(change ->
                assertThat(change.properties()).containsExactly(changed("threshold", "9", "5", false)));
    }

    @Test
    void whatStaysAndWhatIsPulumisOwnIsNoChange() {
        EngineEvents events = new EventLines()
                .table("same", "{}", "{}", "")
                .resource("create", "pulumi:providers:aws")
                .resource("read", "pulumi:pulumi:StackReference")
                .succeeded();

        assertThat(events.changes()).isEmpty();
        assertThat(events.unchanged()).isEqualTo(1);
        assertThat(events.succeeded()).isTrue();
    }

    @Test
    void outputsAreCompared() {
        EngineEvents events = new EventLines()
                .stackOutputs("{\"days\":30,\"name\":\"t\"}", "{\"days\":60,\"name\":\"t\"}")
                .succeeded();

        assertThat(events.outputs()).containsExactly(changed("days", "30", "60", false));
    }

    @Test
    void onlyErrorsAndWarningsAreMessages() {
        EngineEvents events = new EventLines()
                .message("debug", "x")
                .message("info", "y")
                .message("warning", "careful\n")
                .message("error", "no\n")
                .message("error", "no\n")
                .failed();

        assertThat(events.messages()).containsExactly(new Message("warning", "careful"), new Message("error", "no"));
        assertThat(events.succeeded()).isFalse();
    }

    @Test
    void otherLinesArePassedOver() {
        EngineEvents events = new EventLines().line("").line("[]").line("{\"resourcePreEv").line("text").succeeded();

        assertThat(events.succeeded()).isTrue();
    }

    private static PropertyChange changed(String path, String before, String after, boolean replaces) {
        return new PropertyChange(path, JsonParser.parseString(before), JsonParser.parseString(after), replaces);
    }
}
