package com.aitutor.chatsessions.delivery;

import static com.aitutor.chatsessions.engine.ProjectFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * What must always hold for the workflows. That actions are pinned, no checkout forgets to say that it keeps no
 * credentials, and branch names do not get into commands, zizmor and actionlint check in .ci/run.
 */
class WorkflowsTest {
    /** Every value of the workflows and actions, such as {@code deploy/tests/needs: stacks}; steps by their numbers. */
    private static final List<String> VALUES = Stream.of(".github/workflows", ".github/actions")
            .flatMap(folder -> Stream.of(Path.of(folder).toFile().list()).map(name -> Path.of(folder, name)))
            .map(path -> path.toFile().isFile() ? path : path.resolve("action.yml"))
            .flatMap(file -> values(
                    file.toString().replaceFirst("(/action)?\\.yml$", "").replaceFirst(".*/", ""),
                    new Yaml().load(read(file))))
            .toList();

    private static Stream<String> values(String path, Object value) {
        if (value instanceof Map<?, ?> map && !path.matches(".*/(permissions|with|env|concurrency|matrix)")) {
            return map.entrySet().stream()
                    .flatMap(entry -> values((path + "/" + entry.getKey()).replace("/jobs", ""), entry.getValue()));
        }
        if (value instanceof List<?> steps && path.endsWith("/steps")) {
            return IntStream.range(0, steps.size())
                    .boxed()
                    .flatMap(index -> values(path + "/" + index, steps.get(index)));
        }
        return Stream.of(path + ": " + String.valueOf(value).strip().replace("\n", "; "));
    }

    /** What a step runs, in one line. */
    static String script(String step) {
        return VALUES.stream()
                .filter(value -> value.startsWith(step + "/run: "))
                .map(value -> value.substring(step.length() + "/run: ".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void jobsMayReadTheCodeAndFewDoMore() {
        assertThat(VALUES)
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
        assertThat(VALUES)
                .filteredOn(value -> value.matches("[a-z-]+/permissions: .*"))
                .hasSize(7);
    }

    /** What a job without a role wrote into a cache must not run in one that has a role. */
    @Test
    void jobsThatTakeARoleRestoreNoCache() {
        assertThat(VALUES)
                .filteredOn(value -> value.matches(".*/uses: .*(cache.*|actions/setup)|.*/with: .*cache=.*"))
                .extracting(value -> value.replaceFirst("@.*", ""))
                .containsExactlyInAnyOrder(
                        "conformance/run/steps/1/uses: ./.github/actions/setup",
                        "preview/preview/steps/1/uses: ./.github/actions/setup",
                        "setup/runs/steps/0/with: {distribution=temurin, java-version=${{ inputs.jdk }}, cache=maven, "
                                + "cache-dependency-path=**/pom.xml}",
                        "setup/runs/steps/1/uses: actions/cache",
                        "tests/run/steps/1/uses: ./.github/actions/setup");
    }

    @Test
    void noCredentialsAreKeptNoCommandHoldsAnExpressionAndNoPlanWaitsForReviewers() {
        assertThat(VALUES)
                .noneMatch(value -> value.contains("secrets.")
                        || value.matches(".*persist-credentials=(?!false[,}]).*")
                        || value.matches("(?s)\\S+/run: .*\\$\\{\\{.*")
                        || value.startsWith("deploy-stack/plan/environment"));
    }

    @Test
    void deliveryGoesAsDocumented() {
        assertThat(VALUES)
                .contains("""
                # Forks take no role.
                preview/stacks/if: github.event.pull_request.head.repo.full_name == github.repository
                # A stack is deployed by its plan, in its environment, one at a time.
                deploy-stack/plan/concurrency: {group=stack-${{ fromJSON(inputs.stack).name }}, cancel-in-progress=false}
                deploy-stack/plan/steps/1/if: fromJSON(inputs.stack).protected
                deploy-stack/plan/steps/1/run: python3 .github/scripts/stacks.py reviewed "$ENVIRONMENT"
                deploy-stack/plan/steps/2/with: {stack=${{ inputs.stack }}, role=preview, engine=${{ inputs.engine }}}
                deploy-stack/plan/steps/4/with: {name=plan-${{ fromJSON(inputs.stack).name }}, \
                path=${{ runner.temp }}/plan.json, if-no-files-found=error, retention-days=1}
                deploy-stack/deploy/needs: plan
                deploy-stack/deploy/environment: ${{ fromJSON(inputs.stack).name }}
                deploy-stack/deploy/concurrency: {group=stack-${{ fromJSON(inputs.stack).name }}, cancel-in-progress=false}
                deploy-stack/deploy/steps/1/with: {name=plan-${{ fromJSON(inputs.stack).name }}, \
                path=${{ runner.temp }}}
                deploy-stack/deploy/steps/2/with: {stack=${{ inputs.stack }}, role=deploy, engine=${{ inputs.engine }}}
                # Protected stacks are deployed after the others, also where there are no others.
                deploy/unprotected/needs: [tests, stacks]
                deploy/protected/needs: [tests, stacks, unprotected]
                deploy/protected/if: !cancelled() && needs.tests.result == 'success' && needs.stacks.result == 'success' \
                && needs.unprotected.result != 'failure' && needs.stacks.outputs.protected != '[]'
                # The engine is the one that the run built, the role and the token those that the job names.
                stacks/list/outputs/engine: ${{ steps.engine.outputs.artifact-id }}
                stacks/list/steps/3/with: {name=engine, path=${{ runner.temp }}/engine.tar, if-no-files-found=error, \
                retention-days=1}
                pulumi/runs/steps/1/with: {artifact-ids=${{ inputs.engine }}, path=${{ runner.temp }}}
                pulumi/runs/steps/3/with: {role-to-assume=${{ fromJSON(inputs.stack)[inputs.role].role }}, \
                aws-region=${{ fromJSON(inputs.stack).region }}, mask-aws-account-id=true}
                pulumi/runs/steps/4/with: {organization=${{ fromJSON(inputs.stack).organization }}, \
                requested-token-type=urn:pulumi:token-type:access_token:team, \
                scope=team:${{ fromJSON(inputs.stack)[inputs.role].team }}}
                preview/deployed/steps/1/with: {stack=${{ toJSON(matrix) }}, role=preview, \
                engine=${{ needs.stacks.outputs.engine }}}
                preview/deployed/steps/2/with: {command=preview, stack-name=${{ matrix.stack }}, diff=true, \
                suppress-outputs=true, comment-on-pr=true}
                # Drift checks the program that is deployed, with the scripts of main.
                drift/drift/steps/2/with: {ref=${{ steps.deployed.outputs.commit }}, path=deployed, \
                persist-credentials=false}
                drift/drift/steps/3/with: {stack=${{ toJSON(matrix) }}, role=preview, \
                engine=${{ needs.stacks.outputs.engine }}}
                drift/drift/steps/4/working-directory: deployed
                drift/concurrency: {group=drift, cancel-in-progress=false}
                # Machines of every kind run the tests; set_up.py requires these checks.
                tests/run/strategy/matrix: {os=[ubuntu-24.04, macos-15], jdk=[17, 25]}
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
