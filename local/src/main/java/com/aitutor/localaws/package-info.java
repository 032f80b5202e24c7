/**
 * A Pulumi resource provider that stands in for the AWS provider on a machine without an AWS account.
 *
 * <p>{@link com.aitutor.localaws.Main} starts it, {@code LocalAwsProvider} answers the engine. What a resource consists
 * of is data ({@code PropertySchema}); from it follow the check of inputs ({@code InputCheck}), what will be
 * ({@code Plan}), what differs ({@code Differences}) and what a read gives back as inputs ({@code Inputs}). A
 * {@code ResourceType} adds what is special: {@code TableType} works on real tables in DynamoDB Local, the
 * {@code RecordedType}s keep alarms, topics and subscriptions in Pulumi's state.
 *
 * <p>Answers follow the official provider as recorded in the tests; where they differ on purpose, the tests say why.
 */
package com.aitutor.localaws;
