/** What the JVM enters: types of java.* only. */
package io.parquetflow.agent.launch;
