"""What the workflows ask about the stacks of this project's stack files.

usage: python3 stacks.py list             prints the stacks as lines for GITHUB_OUTPUT: all, unprotected and protected,
                                          each a JSON list for a job's matrix. VARIABLES holds the repository's
                                          variables as JSON. A stack without what it needs of them is left out
       python3 stacks.py reviewed STACK   fails unless the stack's environment asks its reviewers
       python3 stacks.py deployed STACK   prints commit=<SHA>, which is deployed

The last two need GITHUB_REPOSITORY and the GitHub CLI."""

import inspect
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEPLOYMENTS = """query($owner: String!, $name: String!, $environment: String!) {
  repository(owner: $owner, name: $name) {
    deployments(environments: [$environment], first: 50, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { commitOid state } } } }"""


def run(*command, **body):
    """What a command prints; it ends the program when it fails."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, **body)
    expect(done.returncode == 0, f"Failed: {' '.join(command[:6])} ...")
    return done.stdout.strip()


def github(*arguments, **body):
    return json.loads(run("gh", "api", *arguments, **body) or "{}")


def expect(condition, problem):
    if not condition:
        raise SystemExit(problem)


def stack_files():
    """The plain settings of every stack file, as text and with their namespace, by the stack's name."""
    setting = re.compile(r"""^ +["']?([\w-]+:\w+)["']?: *["']?(.*?)["']? *(?: #.*)?$""", re.MULTILINE)
    files = sorted(ROOT.glob("Pulumi.*.yaml"))
    return {file.name[len("Pulumi.") : -len(".yaml")]: dict(setting.findall(file.read_text())) for file in files}


def is_protected(settings):
    return settings.get("chat-sessions:deletionProtection", "true") != "false"


def role_variable(name, purpose):
    """The repository's variable with the role of a stack, for the purpose preview or deploy."""
    return re.sub("[-.]", "_", f"{name}_{purpose}_role").upper()


def list_stacks():
    variables = json.loads(os.environ["VARIABLES"])
    organization = variables.get("PULUMI_ORGANIZATION", "")
    stacks = []
    for name, settings in stack_files().items():
        stack = {
            "name": name,
            "stack": f"{organization}/{name}" if organization else name,
            "organization": organization,
            "region": settings["aws:region"],
            "protected": is_protected(settings),
        }
        missing = []
        for purpose in ("preview", "deploy"):
            needed = {"role": role_variable(name, purpose)}
            if organization:  # a token of the whole organization could write every stack
                needed["team"] = f"PULUMI_{purpose.upper()}_TEAM"
            stack[purpose] = {key: variables.get(variable) for key, variable in needed.items()}
            missing += [variable for variable in needed.values() if not variables.get(variable)]
        if missing:
            print(f"::notice::{name} is left alone: no {', '.join(missing)}. See docs/delivery.md.", file=sys.stderr)
        else:
            stacks.append(stack)
    print("all=" + json.dumps(stacks))
    print("unprotected=" + json.dumps([stack for stack in stacks if not stack["protected"]]))
    print("protected=" + json.dumps([stack for stack in stacks if stack["protected"]]))


def reviewed(name):
    """GitHub makes an environment that a job names where there is none, without any protection."""
    rules = github(f"repos/{os.environ['GITHUB_REPOSITORY']}/environments/{name}")["protection_rules"]
    reviewers = [rule["reviewers"] for rule in rules if rule["type"] == "required_reviewers"]
    expect(any(reviewers), f"::error::The environment {name} has no required reviewers. See docs/delivery.md.")


def deployed(name):
    """The commit's code will run with a role, and who may push can write a deployment record: only main's code may."""
    owner, repository = os.environ["GITHUB_REPOSITORY"].split("/")
    fields = {"query": DEPLOYMENTS, "owner": owner, "name": repository, "environment": name}
    answer = github("graphql", *[word for field in fields.items() for word in ("-f", "=".join(field))])
    nodes = answer["data"]["repository"]["deployments"]["nodes"]
    commit = next((node["commitOid"] for node in nodes if node["state"] == "ACTIVE"), None)
    expect(commit, f"::error::{name} has roles, but nothing is deployed to it. See docs/delivery.md.")
    status = github(f"repos/{owner}/{repository}/compare/main...{commit}")["status"]
    problem = f"::error::{name} was deployed from {commit}, which is not on main. See docs/delivery.md."
    expect(status in ("behind", "identical"), problem)
    print(f"commit={commit}")


def main(usage, commands, arguments):
    """Runs a command with its arguments, or shows the usage."""
    command = commands.get(arguments[0]) if arguments else None
    try:
        inspect.signature(command).bind(*arguments[1:])
    except TypeError:
        print(usage, file=sys.stderr)
        sys.exit(2)
    command(*arguments[1:])


if __name__ == "__main__":
    main(__doc__, {"list": list_stacks, "reviewed": reviewed, "deployed": deployed}, sys.argv[1:])
