"""Sets up delivery: see docs/delivery.md. Stops at the first error, and checks what it made.

usage: python3 .github/scripts/set_up.py state BUCKET REGION
       python3 .github/scripts/set_up.py repository
       python3 .github/scripts/set_up.py stack STACK [REVIEWER...]

Needs the AWS CLI as an administrator of the account, and the GitHub CLI as an administrator of the repository."""

import json
import re
import subprocess
import sys

import stacks

GITHUB = "token.actions.githubusercontent.com"
# GitHub Actions' own app: a check of the same name from anybody else does not count
ACTIONS_APP = 15368
CHECKS = [f"Tests / {os}, JDK {jdk}" for os in ("ubuntu-24.04", "macos-15") for jdk in (17, 25)]
CHECKS.append("Preview without credentials")
PLAN = (
    "Required reviewers are there for public repositories on every plan, and for private ones with GitHub Enterprise only.\n"
    "Without them everybody who may push to main deploys this stack, so it gets no roles."
)


def run(*command, body=None):
    """What a command prints; it ends the program when it fails."""
    text = None if body is None else json.dumps(body)
    done = subprocess.run(command, check=False, input=text, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"Failed: {' '.join(command[:6])} ...")
    return done.stdout.strip()


def aws(*arguments):
    answer = run("aws", *arguments, "--output", "json")
    return json.loads(answer) if answer else {}


def github(path, method="GET", body=None):
    extra = () if body is None else ("--input", "-")
    answer = run("gh", "api", "--method", method, path, *extra, body=body)
    return json.loads(answer) if answer else {}


def expect(condition, problem):
    if not condition:
        raise SystemExit(problem)


def set_up_state(bucket, region):
    buckets = [each["Name"] for each in aws("s3api", "list-buckets")["Buckets"]]
    if bucket not in buckets:
        place = ["--create-bucket-configuration", f"LocationConstraint={region}"] if region != "us-east-1" else []
        aws("s3api", "create-bucket", "--bucket", bucket, "--region", region, *place)
    block = dict.fromkeys(["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], True)
    versioning = ("--bucket", bucket, "--versioning-configuration", "Status=Enabled")
    aws("s3api", "put-bucket-versioning", *versioning)
    access = ("--bucket", bucket, "--public-access-block-configuration", json.dumps(block))
    aws("s3api", "put-public-access-block", *access)
    found = aws("s3api", "get-bucket-versioning", "--bucket", bucket)
    expect(found.get("Status") == "Enabled", f"{bucket} keeps no old versions.")
    found = aws("s3api", "get-public-access-block", "--bucket", bucket)
    expect(found["PublicAccessBlockConfiguration"] == block, f"{bucket} is not closed to the public.")
    run("gh", "variable", "set", "PULUMI_BACKEND_URL", "--body", f"s3://{bucket}?region={region}")


def set_up_repository():
    repository = repository_name()
    errors = github(f"repos/{repository}/codeowners/errors")["errors"]
    expect(not errors, f"GitHub does not know an owner in .github/CODEOWNERS: {errors}")
    tokens = {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": False}
    github(f"repos/{repository}/actions/permissions/workflow", "PUT", tokens)
    found = github(f"repos/{repository}/actions/permissions/workflow")
    expect(found == tokens, "A workflow may approve pull requests.")
    checks = [{"context": check, "app_id": ACTIONS_APP} for check in CHECKS]
    reviews = {
        "dismiss_stale_reviews": True,
        "require_code_owner_reviews": True,
        "required_approving_review_count": 1,
        "require_last_push_approval": True,
    }
    protection = {
        "required_status_checks": {"strict": True, "checks": checks},
        "required_pull_request_reviews": reviews,
        "enforce_admins": True,
        "restrictions": None,
    }
    github(f"repos/{repository}/branches/main/protection", "PUT", protection)
    found = github(f"repos/{repository}/branches/main/protection")
    kept = {check["context"]: check["app_id"] for check in found["required_status_checks"]["checks"]}
    expect(kept == dict.fromkeys(CHECKS, ACTIONS_APP), "main does not require the checks.")
    kept = {key: found["required_pull_request_reviews"].get(key) for key in reviews}
    expect(kept == reviews and found["enforce_admins"]["enabled"], "main does not require the reviews.")


def set_up_stack(stack, *reviewers):
    known = stacks.stack_files()
    expect(stack in known, f"There is no stack file Pulumi.{stack}.yaml. There are: {', '.join(known)}.")
    settings = known[stack]
    protected = stacks.is_protected(settings)
    expect(reviewers or not protected, f"{stack} has deletion protection: name its reviewers.\n{PLAN}")
    repository = repository_name()
    set_up_environment(repository, stack, reviewers)

    caller = aws("sts", "get-caller-identity")
    partition, account = caller["Arn"].split(":")[1], caller["Account"]
    issuer = f"arn:{partition}:iam::{account}:oidc-provider/{GITHUB}"
    issuers = aws("iam", "list-open-id-connect-providers")["OpenIDConnectProviderList"]
    if issuer not in [each["Arn"] for each in issuers]:
        identify = ("--url", f"https://{GITHUB}", "--client-id-list", "sts.amazonaws.com")
        aws("iam", "create-open-id-connect-provider", *identify)
    table = settings.get("chat-sessions:tableName", "chat_sessions")
    region = settings["aws:region"]
    variables = {each["name"]: each["value"] for each in json.loads(run("gh", "variable", "list", "--json", "name,value"))}
    in_bucket = "PULUMI_ORGANIZATION" not in variables
    expect("PULUMI_BACKEND_URL" in variables or not in_bucket, "There is no place for the state yet: set up state first.")
    topic_arn = settings.get("chat-sessions:alarmTopicArn", "none")
    key = settings.get("chat-sessions:kmsKeyArn", "none")
    values = {
        "Partition": partition,
        "Region": region,
        "Account": account,
        "TableName": table,
        "TopicName": f"{table}-alarms",
        "AlarmTopicArn": f"arn:{partition}:sns:{region}:{account}:{table}-alarms" if topic_arn == "none" else topic_arn,
        "KeyId": key.split("/")[-1],
        "Bucket": re.sub(r"^s3://|\?.*$", "", variables.get("PULUMI_BACKEND_URL", "")),
        "Stack": stack,
    }
    roles = {
        "preview": (["preview"], ["pull_request", "ref:refs/heads/main"]),
        "deploy": (["deployer"], [f"environment:{stack}"]),
    }
    if in_bucket:
        roles["preview"][0].append("state-read")
        roles["deploy"][0].extend(["state-read", "state-write"])
    if protected:
        roles["deploy"][0].append("never-delete-table")
    if key != "none":
        roles["deploy"][0].append("customer-managed-key")
    for purpose, (policies, subjects) in roles.items():
        values["Subjects"] = '","'.join(f"repo:{repository}:{subject}" for subject in subjects)
        arn = set_up_role(f"chat-sessions-{stack}-{purpose}", policies, values)
        run("gh", "variable", "set", stacks.role_variable(stack, purpose), "--body", arn)


def set_up_environment(repository, stack, reviewers):
    path = f"repos/{repository}/environments/{stack}"
    ids = [github(f"users/{reviewer}")["id"] for reviewer in reviewers]
    environment = {
        "prevent_self_review": bool(ids),
        "reviewers": [{"type": "User", "id": each} for each in ids],
        "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
    }
    if ids:
        print(PLAN)
    github(path, "PUT", environment)
    branches = github(f"{path}/deployment-branch-policies")["branch_policies"]
    if not branches:
        github(f"{path}/deployment-branch-policies", "POST", {"name": "main"})
        branches = github(f"{path}/deployment-branch-policies")["branch_policies"]
    expect([each["name"] for each in branches] == ["main"], f"{stack} is not deployed from main only: {branches}")
    rules = [rule for rule in github(path)["protection_rules"] if rule["type"] == "required_reviewers"]
    found = [each["reviewer"]["id"] for rule in rules for each in rule["reviewers"]]
    expect(sorted(found) == sorted(ids), f"GitHub did not keep the reviewers of {stack}.\n{PLAN}")
    expect(all(rule["prevent_self_review"] for rule in rules), f"The reviewers of {stack} may approve their own changes.")


def set_up_role(name, policies, values):
    """Makes a role, or makes an earlier one the same, and returns its ARN."""
    trust = document("trust-github", values)
    roles = [role["RoleName"] for role in aws("iam", "list-roles")["Roles"]]
    if name in roles:
        aws("iam", "update-assume-role-policy", "--role-name", name, "--policy-document", trust)
    else:
        aws("iam", "create-role", "--role-name", name, "--assume-role-policy-document", trust)
    for policy in policies:
        named = ("--role-name", name, "--policy-name", policy)
        aws("iam", "put-role-policy", *named, "--policy-document", document(policy, values))
    found = aws("iam", "list-role-policies", "--role-name", name)["PolicyNames"]
    expect(sorted(found) == sorted(policies), f"{name} has other policies than {policies}: {found}")
    return aws("iam", "get-role", "--role-name", name)["Role"]["Arn"]


def document(name, values):
    """A document of docs/policies, filled in."""
    text = (stacks.ROOT / f"docs/policies/{name}.json").read_text()
    return json.dumps(json.loads(re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text)))


def repository_name():
    return run("gh", "repo", "view", "--json", "nameWithOwner", "--jq", ".nameWithOwner")


def main(arguments):
    commands = {"state": (set_up_state, 2, 2), "repository": (set_up_repository, 0, 0), "stack": (set_up_stack, 1, 7)}
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    command, least, most = commands[arguments[0]]
    if not least <= len(arguments) - 1 <= most:
        print(__doc__, file=sys.stderr)
        return 2
    command(*arguments[1:])
    print("Done.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
