/** What woven classes call, defined into the JDK's base module. */
package io.parquetflow.agent.boot;
