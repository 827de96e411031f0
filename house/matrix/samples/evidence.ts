import { evidenceContract as contract } from '@plumbline/core/evidence'
import { waitFor } from '../../../server/gateways/testing.ts'
import type { Samples } from '../run.ts'
import type { World } from '../world.ts'

/** An entry of the project, when the log has come to it. */
const entered = ({ ask, cast }: World) =>
  waitFor(
    async () => (await ask(cast.admin, contract.ofCase, { params: { id: cast.projectId } })).rows[0],
    'an entry of the project',
  )

export const evidenceSamples: Samples = {
  'evidence.log': async () => ({ ask: {}, marker: 'plumbline/' }),
  'evidence.checkpoint': async () => ({ ask: {} }),
  'evidence.key': async () => ({ ask: {} }),
  'evidence.tile': async (world) => {
    await entered(world)
    const { size } = await world.ask(null, contract.log, {})
    const width = size % 256
    const name = size < 256 ? `000.p/${width}` : '000'
    return {
      ask: {},
      send: async (cookie) => {
        const { status, headers } = await fetch(`${world.url}/api/log/tile/0/${name}`, {
          headers: cookie ? { cookie } : {},
        })
        return { status, body: headers.get('content-type') }
      },
    }
  },
  'evidence.paper': async (world) => {
    const { paperId } = await world.served()
    return { ask: { params: { id: paperId! } }, marker: '责令改正通知书' }
  },
  'evidence.ofCase': async ({ cast }) => ({ ask: { params: { id: cast.projectId } }, of: cast.projectId }),
  'evidence.proof': async (world) => {
    const { seq } = await entered(world)
    return { ask: { params: { seq: String(seq) } } }
  },
}
