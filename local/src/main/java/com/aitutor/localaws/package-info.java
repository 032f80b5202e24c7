/**
 * A Pulumi resource provider that stands in for the AWS provider on a machine without an AWS account. It carries what this
 * project's program sends, and refuses anything else by name.
 *
 * <p>{@link com.aitutor.localaws.LocalAwsPlugin} starts it, {@code LocalAwsProvider} answers the engine. What a resource
 * consists of is data ({@code PropertySchema}); from it follow the check of inputs ({@code InputCheck}), what will be,
 * what differs, and what a read gives back as inputs. A {@code ResourceType} adds what is special: {@code TableType}
 * works on real tables in DynamoDB Local, {@code StateOnlyTypes} keeps alarms, dashboards, topics and subscriptions in
 * Pulumi's state.
 *
 * <p>Answers follow the official provider as recorded in the tests; where they differ on purpose, the tests say why.
 */
package com.aitutor.localaws;
