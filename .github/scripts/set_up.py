"""Sets up delivery: see docs/delivery.md. Stops at the first error, and checks what it made.

usage: python3 .github/scripts/set_up.py state BUCKET REGION
       python3 .github/scripts/set_up.py repository
       python3 .github/scripts/set_up.py stack STACK [REVIEWER...]

Needs the AWS CLI as an administrator of the account, and the GitHub CLI as an administrator of the repository."""

import json
import re
import sys

from stacks import ROOT, expect, github, is_protected, main, role_variable, run, stack_files

GITHUB = "token.actions.githubusercontent.com"
# GitHub Actions' own app: a check of the same name from anybody else does not count
ACTIONS_APP = 15368
CHECKS = [f"Tests / {os}, JDK {jdk}" for os in ("ubuntu-24.04", "macos-15") for jdk in (17, 25)]
CHECKS.append("Preview without credentials")
PLAN = (
    "Required reviewers are there for public repositories on every plan, and for private ones with GitHub Enterprise only.\n"
    "Without them everybody who may push to main deploys this stack, so it gets no roles."
)


def aws(*arguments):
    return json.loads(run("aws", *arguments, "--output", "json") or "{}")


def send(method, path, body):
    github("--method", method, path, "--input", "-", input=json.dumps(body))


def repository_path():
    return "repos/" + run("gh", "repo", "view", "--json", "nameWithOwner", "--jq", ".nameWithOwner")


def set_up_state(bucket, region):
    def s3(command, *arguments):
        return aws("s3api", command, "--bucket", bucket, *arguments)

    if bucket not in [each["Name"] for each in aws("s3api", "list-buckets")["Buckets"]]:
        place = ["--create-bucket-configuration", f"LocationConstraint={region}"] if region != "us-east-1" else []
        s3("create-bucket", "--region", region, *place)
    closed = dict.fromkeys(["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"], True)
    s3("put-bucket-versioning", "--versioning-configuration", "Status=Enabled")
    s3("put-public-access-block", "--public-access-block-configuration", json.dumps(closed))
    expect(s3("get-bucket-versioning").get("Status") == "Enabled", f"{bucket} keeps no old versions.")
    found = s3("get-public-access-block")["PublicAccessBlockConfiguration"]
    expect(found == closed, f"{bucket} is not closed to the public.")
    run("gh", "variable", "set", "PULUMI_BACKEND_URL", "--body", f"s3://{bucket}?region={region}")


def set_up_repository():
    repository = repository_path()
    errors = github(f"{repository}/codeowners/errors")["errors"]
    expect(not errors, f"GitHub does not know an owner in .github/CODEOWNERS: {errors}")

    tokens = {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": False}
    send("PUT", f"{repository}/actions/permissions/workflow", tokens)
    expect(github(f"{repository}/actions/permissions/workflow") == tokens, "A workflow may approve pull requests.")

    reviews = {
        "dismiss_stale_reviews": True,
        "require_code_owner_reviews": True,
        "required_approving_review_count": 1,
        "require_last_push_approval": True,
    }
    checks = [{"context": check, "app_id": ACTIONS_APP} for check in CHECKS]
    protection = {
        "required_status_checks": {"strict": True, "checks": checks},
        "required_pull_request_reviews": reviews,
        "enforce_admins": True,
        "restrictions": None,
    }
    send("PUT", f"{repository}/branches/main/protection", protection)
    found = github(f"{repository}/branches/main/protection")
    required = {check["context"]: check["app_id"] for check in found["required_status_checks"]["checks"]}
    expect(required == dict.fromkeys(CHECKS, ACTIONS_APP), "main does not require the checks.")
    kept = reviews.items() <= found["required_pull_request_reviews"].items()
    expect(kept and found["enforce_admins"]["enabled"], "main does not require the reviews.")


def set_up_stack(stack, *reviewers):
    known = stack_files()
    expect(stack in known, f"There is no stack file Pulumi.{stack}.yaml. There are: {', '.join(known)}.")
    settings = known[stack]
    protected = is_protected(settings)
    expect(reviewers or not protected, f"{stack} has deletion protection: name its reviewers.\n{PLAN}")
    repository = repository_path()
    set_up_environment(f"{repository}/environments/{stack}", stack, reviewers)

    caller = aws("sts", "get-caller-identity")
    partition, account = caller["Arn"].split(":")[1], caller["Account"]
    issuer = f"arn:{partition}:iam::{account}:oidc-provider/{GITHUB}"
    issuers = aws("iam", "list-open-id-connect-providers")["OpenIDConnectProviderList"]
    if {"Arn": issuer} not in issuers:
        identify = ("--url", f"https://{GITHUB}", "--client-id-list", "sts.amazonaws.com")
        aws("iam", "create-open-id-connect-provider", *identify)

    listed = json.loads(run("gh", "variable", "list", "--json", "name,value"))
    variables = {variable["name"]: variable["value"] for variable in listed}
    in_bucket = "PULUMI_ORGANIZATION" not in variables
    expect("PULUMI_BACKEND_URL" in variables or not in_bucket, "There is no place for the state: set it up first.")
    region = settings["aws:region"]
    table = settings.get("chat-sessions:tableName", "chat_sessions")
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
    preview = {"preview": True, "state-read": in_bucket}
    deploy = {"deployer": True, "state-read": in_bucket, "state-write": in_bucket}
    deploy.update({"never-delete-table": protected, "customer-managed-key": key != "none"})
    for purpose, policies, subjects in (
        ("preview", preview, ["pull_request", "ref:refs/heads/main"]),
        ("deploy", deploy, [f"environment:{stack}"]),
    ):
        subjects = [f"repo:{repository.removeprefix('repos/')}:{subject}" for subject in subjects]
        values["Subjects"] = '","'.join(subjects)
        needed = [policy for policy, is_needed in policies.items() if is_needed]
        arn = set_up_role(f"chat-sessions-{stack}-{purpose}", needed, values)
        run("gh", "variable", "set", role_variable(stack, purpose), "--body", arn)


def set_up_environment(path, stack, reviewers):
    ids = [github(f"users/{reviewer}")["id"] for reviewer in reviewers]
    environment = {
        "prevent_self_review": bool(ids),
        "reviewers": [{"type": "User", "id": each} for each in ids],
        "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
    }
    send("PUT", path, environment)
    if not github(f"{path}/deployment-branch-policies")["branch_policies"]:
        send("POST", f"{path}/deployment-branch-policies", {"name": "main"})
    branches = [each["name"] for each in github(f"{path}/deployment-branch-policies")["branch_policies"]]
    expect(branches == ["main"], f"{stack} is not deployed from main only: {branches}")
    rules = [rule for rule in github(path)["protection_rules"] if rule["type"] == "required_reviewers"]
    found = [each["reviewer"]["id"] for rule in rules for each in rule["reviewers"]]
    expect(sorted(found) == sorted(ids), f"GitHub did not keep the reviewers of {stack}.\n{PLAN}")
    expect(all(rule["prevent_self_review"] for rule in rules), f"Reviewers of {stack} may approve what they pushed.")


def set_up_role(name, policies, values):
    """Makes a role, or makes an earlier one the same, and returns its ARN."""

    def iam(command, *arguments):
        return aws("iam", command, "--role-name", name, *arguments)

    trust = document("trust-github", values)
    if name in [role["RoleName"] for role in aws("iam", "list-roles")["Roles"]]:
        iam("update-assume-role-policy", "--policy-document", trust)
    else:
        iam("create-role", "--assume-role-policy-document", trust)
    for policy in policies:
        iam("put-role-policy", "--policy-name", policy, "--policy-document", document(policy, values))
    for policy in set(iam("list-role-policies")["PolicyNames"]) - set(policies):
        iam("delete-role-policy", "--policy-name", policy)
    found = iam("list-role-policies")["PolicyNames"]
    expect(sorted(found) == sorted(policies), f"{name} has other policies than {policies}: {found}")
    return iam("get-role")["Role"]["Arn"]


def document(name, values):
    """A document of docs/policies, filled in."""
    text = (ROOT / f"docs/policies/{name}.json").read_text()
    return json.dumps(json.loads(re.sub(r"\$\{(\w+)\}", lambda match: values[match[1]], text)))


if __name__ == "__main__":
    main(__doc__, {"state": set_up_state, "repository": set_up_repository, "stack": set_up_stack}, sys.argv[1:])
    print("Done.")
