/** From a call of a woven class to a row. */
package io.parquetflow.agent.tap;
