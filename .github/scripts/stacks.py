"""Prints the stacks of this project's stack files as lines for GITHUB_OUTPUT: all, unprotected and protected, each a JSON
list for a job's matrix. VARIABLES holds the repository's variables as JSON. A stack without its roles there is left out;
so is every stack where the state is in Pulumi Cloud and there is no team whose token may only read."""

import json
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def stack_files():
    """The settings of every stack file, by the stack's name."""
    return {file.name[len("Pulumi.") : -len(".yaml")]: settings(file) for file in sorted(ROOT.glob("Pulumi.*.yaml"))}


def settings(file):
    """The plain settings of a stack file, as text and with their namespace."""
    lines = re.findall(r"""^ +["']?([\w-]+:\w+)["']?: *["']?(.*?)["']? *(?: #.*)?$""", file.read_text(), re.MULTILINE)
    return dict(lines)


def is_protected(values):
    return values.get("chat-sessions:deletionProtection", "true") != "false"


def role_variable(stack, purpose):
    """The repository's variable with the role of a stack, for the purpose preview or deploy."""
    return f"{stack}_{purpose}_role".upper().replace("-", "_").replace(".", "_")


def main():
    variables = json.loads(os.environ["VARIABLES"])
    readable = not variables.get("PULUMI_ORGANIZATION") or variables.get("PULUMI_PREVIEW_TEAM")
    stacks = []
    for stack, values in stack_files().items():
        roles = [variables.get(role_variable(stack, purpose), "") for purpose in ("preview", "deploy")]
        if not readable or not all(roles):
            missing = "a role" if readable else "PULUMI_PREVIEW_TEAM"
            print(f"::notice::{stack} is left alone: {missing} is missing. See docs/delivery.md.", file=sys.stderr)
            continue
        stacks.append(
            {
                "stack": stack,
                "region": values["aws:region"],
                "protected": is_protected(values),
                "preview_role": roles[0],
                "deploy_role": roles[1],
            }
        )
    print("all=" + json.dumps(stacks))
    print("unprotected=" + json.dumps([stack for stack in stacks if not stack["protected"]]))
    print("protected=" + json.dumps([stack for stack in stacks if stack["protected"]]))


if __name__ == "__main__":
    main()
