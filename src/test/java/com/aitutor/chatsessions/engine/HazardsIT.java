package com.aitutor.chatsessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Mistakes in a stack file, in the program or on the command line, on a production stack with a table full of items:
 * refused before anything is changed, every item still there, and once the mistake is undone nothing left to do. What a
 * preview would stop, too, is updated without one.
 */
@Tag(TestCloud.CONFORMANCE)
@TestInstance(Lifecycle.PER_CLASS)
class HazardsIT {
    private final DynamoDbClient dynamoDb = TestStack.dynamoDb();
    private TestStack prod;
    private Path program;
    private Transcripts transcripts;
    private List<Map<String, Object>> stateBefore;

    @BeforeAll
    void bringUp() throws IOException {
        prod = TestStack.of("prod");
        // one for all mistakes, so that its dependencies are looked up once
        program = Files.createTempDirectory(prod.folder(), "program");
        prod.up();
        transcripts = Transcripts.writtenTo("chat_sessions");
        stateBefore = prod.resources();
    }

    @BeforeEach
    void undoTheLastMistake() {
        prod.reset();
    }

    @AfterEach
    void nothingWasLost() {
        transcripts.assertIntact();
        assertThat(dynamoDb.listTables().tableNames()).containsExactly("chat_sessions");
        assertThat(prod.resources()).isEqualTo(stateBefore);
    }

    @AfterAll
    void nothingIsLeftToDo() {
        prod.reset().previewWithoutChanges();
        prod.close();
    }

    @Test
    void destroyIsRefusedEvenWithProtectionSwitchedOffInTheStackFile() {
        prod.set("chat-sessions:deletionProtection", "false");
        prod.pulumi("destroy", "--yes").assertRefused("Table::chat-sessions-table", "protect");
    }

    @Test
    void renameIsRefusedEvenWithProtectionSwitchedOffByHandAndInTheStackFile() {
        protect(false);
        prod.set("chat-sessions:tableName", "conversations").set("chat-sessions:deletionProtection", "false");
        prod.tryUp()
                .assertRefused(
                        "Table chat_sessions is to be replaced by conversations. Nothing was changed.",
                        "at risk: every chat session in table chat_sessions",
                        "go back: pulumi config set chat-sessions:tableName chat_sessions");
        protect(true);
    }

    /** The state of a stack that the credentials of another account are used on, and what those see. */
    @Test
    void credentialsOfAnotherAccountAreRefused() {
        prod.replaceInState(TestCloud.account(), "111122223333");
        try {
            prod.tryUp().assertRefused("account", "111122223333", TestCloud.account());
        } finally {
            prod.replaceInState("111122223333", TestCloud.account());
        }
    }

    @Test
    void otherRegionIsRefused() {
        prod.set("aws:region", "eu-west-1");
        prod.tryUp()
                .assertRefused(
                        "aws:region is eu-west-1, but this stack's table is in us-east-1",
                        "at risk: table chat_sessions in us-east-1");
        // and the way back replaces nothing
        prod.reset().previewWithoutChanges();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "chat-sessions", settings | "sessions", settings
            ChatSessionStore store =  | if (!context.projectName().isEmpty()) return;  ChatSessionStore store =
            """)
    void componentRenamedInTheProgramOrTableRemovedIsRefused(String text, String replacement) throws IOException {
        runProgramWith("App.java", text, replacement);
        prod.pulumi("up", "--yes").assertRefused("Table::chat-sessions-table", "protect");
    }

    @Test
    void sortKeyChangedInTheProgramIsRefused() throws IOException {
        runProgramWith("KeySchema.java", "SORT_KEY = \"SK\"", "SORT_KEY = \"sort\"");
        prod.tryUp()
                .assertRefused(
                        "Table chat_sessions is not laid out as this program expects: sort key SK instead of sort.",
                        "at risk: every chat session in it");
    }

    /** Has the stack run the program with a developer's mistake: one text of one source file is replaced. */
    private void runProgramWith(String sourceFile, String text, String replacement) throws IOException {
        ProjectFiles.copy(List.of("pom.xml", "src/main", "launch"), program);
        Path source = program.resolve("src/main/java/com/aitutor/chatsessions").resolve(sourceFile);
        ProjectFiles.replace(source, text, replacement, source);
        prod.runs(program, TestCloud.providerFolder());
    }

    private void protect(boolean enabled) {
        dynamoDb.updateTable(request -> request.tableName("chat_sessions").deletionProtectionEnabled(enabled));
    }
}
