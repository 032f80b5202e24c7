package com.aitutor.chatsessions.delivery;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * What must always hold for the workflows. That actions are pinned, checkouts keep no credentials, pull requests of forks
 * get no more rights, and branch names do not get into commands, zizmor and actionlint check in .ci/run.
 */
class WorkflowsTest {
    /** Every value of the workflows and actions, such as {@code deploy/tests/needs: stacks}; steps by their numbers. */
    private static List<String> values;

    @BeforeAll
    static void readValues() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".github"))) {
            values = files.filter(file -> file.toString().matches(".*(workflows|actions)/.*\\.yml"))
                    .flatMap(file -> values(
                            file.toString()
                                    .replaceFirst("(/action)?\\.yml$", "")
                                    .replaceFirst(".*/", ""),
                            new Yaml().load(read(file))))
                    .toList();
        }
    }

    private static Stream<String> values(String path, Object value) {
        if (value instanceof Map<?, ?> map && !path.endsWith("/permissions")) {
            return map.entrySet().stream()
                    .flatMap(entry -> values((path + "/" + entry.getKey()).replace("/jobs", ""), entry.getValue()));
        }
        if (value instanceof List<?> steps && path.endsWith("/steps")) {
            return IntStream.range(0, steps.size())
                    .boxed()
                    .flatMap(index -> values(path + "/" + index, steps.get(index)));
        }
        return Stream.of(path + ": " + value);
    }

    @Test
    void jobsMayReadTheCodeAndFewDoMore() {
        assertThat(values)
                .filteredOn(value -> value.contains("/permissions: "))
                .filteredOn(value -> !value.matches("[a-z-]+/permissions: \\{}|.+/.+/permissions: \\{contents=read}"))
                .containsExactlyInAnyOrder(
                        "deploy/protected/permissions: {actions=read, contents=read, id-token=write}",
                        "deploy/unprotected/permissions: {actions=read, contents=read, id-token=write}",
                        "deploy-stack/deploy/permissions: {contents=read, id-token=write}",
                        "deploy-stack/plan/permissions: {actions=read, contents=read, id-token=write}",
                        "drift/drift/permissions: {contents=read, deployments=read, id-token=write}",
                        "preview/deployed/permissions: {contents=read, id-token=write, pull-requests=write}");
        // what a workflow without this line may, the repository's settings say
        assertThat(values)
                .filteredOn(value -> value.matches("[a-z-]+/permissions: .*"))
                .hasSize(7);
    }

    /** What a job without a role wrote into a cache must not run in one that has a role. */
    @Test
    void jobsThatTakeARoleRestoreNoCache() {
        assertThat(values)
                .filteredOn(value -> value.matches(".*/uses: .*(cache.*|actions/setup)|.*/with/cache: .*"))
                .extracting(value -> value.replaceFirst("@.*", ""))
                .containsExactlyInAnyOrder(
                        "conformance/run/steps/1/uses: ./.github/actions/setup",
                        "preview/preview/steps/1/uses: ./.github/actions/setup",
                        "setup/runs/steps/0/with/cache: maven",
                        "setup/runs/steps/1/uses: actions/cache",
                        "tests/run/steps/1/uses: ./.github/actions/setup");
    }

    @Test
    void noKeyIsStoredNoCommandHoldsAnExpressionAndNoPlanWaitsForReviewers() {
        assertThat(values)
                .noneMatch(value -> value.contains("secrets.")
                        || value.matches("(?s)\\S+/run: .*\\$\\{\\{.*")
                        || value.startsWith("deploy-stack/plan/environment"));
    }

    @Test
    void deliveryGoesAsDocumented() {
        assertThat(values)
                .contains("""
                # Forks take no role.
                preview/stacks/if: github.event.pull_request.head.repo.full_name == github.repository
                preview/deployed/needs: stacks
                # A stack is deployed by its plan, in its environment, one at a time.
                deploy-stack/plan/concurrency/group: stack-${{ fromJSON(inputs.stack).name }}
                deploy-stack/plan/concurrency/cancel-in-progress: false
                deploy-stack/plan/steps/1/if: fromJSON(inputs.stack).protected
                deploy-stack/plan/steps/1/run: python3 .github/scripts/stacks.py reviewed "$STACK"
                deploy-stack/plan/steps/2/with/role: preview
                deploy-stack/plan/steps/2/with/command: preview
                deploy-stack/plan/steps/2/with/plan: ${{ runner.temp }}/plan.json
                deploy-stack/plan/steps/3/with/name: plan-${{ fromJSON(inputs.stack).name }}
                deploy-stack/plan/steps/3/with/path: ${{ runner.temp }}/plan.json
                deploy-stack/plan/steps/3/with/if-no-files-found: error
                deploy-stack/plan/steps/3/with/retention-days: 1
                deploy-stack/deploy/needs: plan
                deploy-stack/deploy/environment: ${{ fromJSON(inputs.stack).name }}
                deploy-stack/deploy/concurrency/group: stack-${{ fromJSON(inputs.stack).name }}
                deploy-stack/deploy/concurrency/cancel-in-progress: false
                deploy-stack/deploy/steps/1/with/name: plan-${{ fromJSON(inputs.stack).name }}
                deploy-stack/deploy/steps/1/with/path: ${{ runner.temp }}
                deploy-stack/deploy/steps/2/with/stack: ${{ inputs.stack }}
                deploy-stack/deploy/steps/2/with/role: deploy
                deploy-stack/deploy/steps/2/with/command: up
                deploy-stack/deploy/steps/2/with/plan: ${{ runner.temp }}/plan.json
                deploy-stack/deploy/steps/3/run: .github/scripts/expect-no-changes "$STACK"
                deploy-stack/deploy/steps/3/env/STACK: ${{ fromJSON(inputs.stack).stack }}
                # Protected stacks are deployed after the others, also where there are no others.
                deploy/unprotected/needs: [tests, stacks]
                deploy/protected/needs: [tests, stacks, unprotected]
                deploy/protected/if: !cancelled() && needs.tests.result == 'success' && needs.stacks.result == 'success' \
                && needs.unprotected.result != 'failure' && needs.stacks.outputs.protected != '[]'
                # Pulumi takes the role and the token that the job names.
                pulumi/runs/steps/2/with/role-to-assume: ${{ fromJSON(inputs.stack)[inputs.role].role }}
                pulumi/runs/steps/2/with/mask-aws-account-id: true
                pulumi/runs/steps/3/with/organization: ${{ fromJSON(inputs.stack).organization }}
                pulumi/runs/steps/3/with/requested-token-type: urn:pulumi:token-type:access_token:team
                pulumi/runs/steps/3/with/scope: team:${{ fromJSON(inputs.stack)[inputs.role].team }}
                pulumi/runs/steps/4/with/plan: ${{ inputs.plan }}
                pulumi/runs/steps/4/with/suppress-outputs: true
                preview/deployed/steps/1/with/role: preview
                drift/drift/steps/3/with/role: preview
                # Drift checks the program that is deployed, with the scripts of main.
                drift/drift/steps/2/with/ref: ${{ steps.deployed.outputs.commit }}
                drift/drift/steps/2/with/path: deployed
                drift/drift/steps/4/run: ../.github/scripts/expect-no-changes "$STACK" --refresh
                drift/drift/steps/4/working-directory: deployed
                drift/drift/steps/4/env/STACK: ${{ matrix.stack }}
                drift/concurrency/group: drift
                # Machines of every kind run the tests; set_up.py requires these checks.
                tests/run/strategy/matrix/os: [ubuntu-24.04, macos-15]
                tests/run/strategy/matrix/jdk: [17, 25]
                """.lines().filter(line -> !line.startsWith("#")).toArray(String[]::new));
    }

    @Test
    void ownersApproveChangesToWhatGuardsTheRest() {
        assertThat(read(Path.of(".github/CODEOWNERS")).lines().filter(line -> !line.startsWith("#")))
                .extracting(line -> line.split(" ")[0])
                .containsExactly("/.ci/", "/.github/", "/docs/policies/", "/launch/");
    }

    @Test
    void dependabotReadsItsFile() {
        // https://github.com/dependabot/dependabot-core/issues/1582
        assertThat(read(Path.of(".github/dependabot.yml"))).doesNotContainPattern("[&*]\\w");
    }
}
