// The engine and its Java language host. Which modules they need besides follows from these two; go.sum pins them all.
module chat-sessions/local/engine

go 1.26.6

tool (
	github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java
	github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
)

require (
	github.com/pulumi/pulumi-java v1.34.0
	github.com/pulumi/pulumi/pkg/v3 v3.274.1
)
