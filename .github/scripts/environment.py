"""What GitHub knows of a stack's environment.

usage: python3 environment.py protected STACK    fails unless the environment asks its reviewers
       python3 environment.py deployed STACK     prints commit=<SHA>, which is deployed

Needs REPOSITORY (owner/name) and the GitHub CLI."""

import json
import os
import subprocess
import sys

QUERY = """query($owner: String!, $name: String!, $environment: String!) {
  repository(owner: $owner, name: $name) {
    deployments(environments: [$environment], first: 50, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { commitOid state }
    }
  }
}"""


def github(*arguments):
    return json.loads(subprocess.run(["gh", "api", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout)


def fail(message):
    sys.exit(f"::error::{message} See docs/delivery.md.")


def protected(repository, stack):
    """GitHub makes an environment that a job names where there is none, without any protection."""
    rules = github(f"repos/{repository}/environments/{stack}")["protection_rules"]
    if not any(rule["type"] == "required_reviewers" and rule["reviewers"] for rule in rules):
        fail(f"The environment {stack} has no required reviewers.")


def deployed(repository, stack):
    """The commit's code will run with a role, and who may push can write a deployment record: only main's code may."""
    owner, name = repository.split("/")
    fields = ("-f", f"owner={owner}", "-f", f"name={name}", "-f", f"environment={stack}")
    nodes = github("graphql", "-f", f"query={QUERY}", *fields)["data"]["repository"]["deployments"]["nodes"]
    commits = [node["commitOid"] for node in nodes if node["state"] == "ACTIVE"]
    if not commits:
        fail(f"{stack} has roles, but nothing is deployed to it.")
    if github(f"repos/{repository}/compare/main...{commits[0]}")["status"] not in ("behind", "identical"):
        fail(f"{stack} was deployed from {commits[0]}, which is not on main.")
    print(f"commit={commits[0]}")


if __name__ == "__main__":
    commands = {"protected": protected, "deployed": deployed}
    if len(sys.argv) != 3 or sys.argv[1] not in commands:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    commands[sys.argv[1]](os.environ["REPOSITORY"], sys.argv[2])
