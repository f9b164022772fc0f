// Prints the number of payloads and the SHA-256 over all of them, in the order of seq, as hyparquet reads them.
// Usage: node sha256.mjs FILE...
import { createHash } from 'node:crypto'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const rows = []
for (const path of process.argv.slice(2)) {
  const file = await asyncBufferFromFile(path)
  rows.push(...await parquetReadObjects({ file, compressors, columns: ['seq', 'payload'], utf8: false }))
}
rows.sort((a, b) => (a.seq < b.seq ? -1 : 1))
const hash = createHash('sha256')
for (const row of rows) hash.update(row.payload)
console.log(`${rows.length} ${hash.digest('hex')}`)
