/** Java record classes as rows: schema from the class, values from its instances. */
package io.parquetflow.mapping;
