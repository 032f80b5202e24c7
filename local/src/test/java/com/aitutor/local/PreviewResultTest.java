package com.aitutor.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewResultTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            step  'op': 'delete', 'old': {'inputs': {'name': 't'}}          | ``   | 3 | TABLE LOST: table t would be deleted, and every chat session in it lost
            step  'op': 'update', 'old': {'inputs': {'deletionProtectionEnabled': true}} | `` | 0 | PROTECTION WEAKENED: deletion protection would be off, and a later change may delete the table
            step  'op': 'update', 'old': {'inputs': {'pointInTimeRecovery': {'enabled': true}}} | `` | 0 | PROTECTION WEAKENED: point-in-time recovery would be off, and its backups dropped
            step  'op': 'update', 'old': {'inputs': {'deletionProtectionEnabled': true}}, 'new': {'inputs': {'deletionProtectionEnabled': true}} | `` | 0 | no chat session is lost
            error 'message': 'no such region'                               | ``   | 4 | REFUSED: this cannot be deployed
            error 'message': 'exited with non-zero exit code: 1'            | boom | 1 | NO PREVIEW: it could not be made
            error 'message': 'Oops\\n  at com.aitutor.App.main(App.java:1)' | ``   | 5 | BROKEN: the program does not compile or run
            info  'message': '[ERROR] COMPILATION ERROR'                    | ``   | 5 | BROKEN: the program does not compile or run
            debug 'message': 'ignored'               | validating stack config: x  | 4 | REFUSED: this cannot be deployed
            """)
    void verdictAndExitCode(String event, String printed, int exitCode, String verdict) {
        String log = event.replaceFirst("^step(.*)", """
                        {'resourcePreEvent': {'metadata': {'type': 'aws:dynamodb/table:Table', $1}}}
                        {'summaryEvent': {'result': 'succeeded', 'resourceChanges': {'update': 1}}}""")
                .replaceFirst("^(error|info|debug)(.*)", "{'diagnosticEvent': {'severity': '$1', $2}}\n{'cut o");
        EngineEvents events = EngineEvents.of(log.replace('\'', '"'));
        PreviewResult result = PreviewResult.of("S", false, Set.of(), events, "diff", printed);
        assertThat(result.exitCode()).as(result.text()).isEqualTo(exitCode);
        assertThat(result.verdict()).isEqualTo("S: " + verdict + ".");
    }

    @Test
    void diffHasOneOrderNamesLocksAndNoRepetition() {
        String element = "            [%d]: {\n                id: \"m\"\n            }\n";
        String table = "    ~ aws:dynamodb/table:Table: (update)%s\n        [urn=urn:pulumi:p::c::t::%s]\n";
        String text = "Previewing update (p):\n\n" + table.formatted(" 🔒", "b") + "        [provider=urn:x]\n"
                + element.formatted(3) + element.formatted(4) + element.formatted(10) + table.formatted("", "a");
        assertThat(DiffText.of(text + "    --outputs:--\nResources:\n"))
                .isEqualTo("""
                    ~ aws:dynamodb/table:Table: (update) a
                    ~ aws:dynamodb/table:Table: (update) b 🔒
                """ + element.formatted(3)
                        + "            (and more like these)\n    --outputs:--\nResources:\n");
        String added = "+ pulumi:pulumi:Stack: (create)\n    --outputs:--\n";
        assertThat(DiffText.of(added)).isEqualTo(added);
        String kept =
                "  pulumi:pulumi:Stack: (same)\n    --outputs:--\n    - a:b:%s: (delete)\n    - a:b:%s: (delete)\n";
        assertThat(DiffText.of(kept.formatted("B", "A"))).isEqualTo(kept.formatted("A", "B"));
        assertThat(DiffText.signsFirst(" ~ a: 1\n    -+ b\n- c")).isEqualTo("!  a: 1\n-+     b\n- c");
    }
}
