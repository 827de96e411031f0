import fastify from 'fastify'
import pg from 'pg'

// The peer of B10: what reading one row by its primary key costs with Fastify and pg and nothing else. The database owner
// reads, whom row security passes; the query is prepared; the pool is that of promises.md 2.6.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 })
const server = fastify()
const text = `select * from ${process.env.TABLE} where id = $1`

server.get('/alive', async () => ({}))
server.get<{ Params: { id: string } }>('/rows/:id', async ({ params }) => {
  const { rows } = await pool.query({ name: 'row', text, values: [params.id] })
  return rows[0]
})
await server.listen({ host: process.env.HOST!, port: Number(process.env.PORT) })
process.on('SIGTERM', () => process.exit(0))
