import { Client } from 'pg'
import { databaseName, prepareSecrets, urlOf } from './cluster.ts'
import { startEmbedded } from './index.ts'
import { preparePlace } from './place.ts'

/** The embedded database of a DATA_DIR for a tool beside the server: the running one, or one started for as long as needed. */
export async function reachEmbedded(
  dataDir: string,
): Promise<{ ownerUrl: string; appUrl: string; stop(): Promise<void> }> {
  const place = preparePlace(dataDir)
  const secrets = prepareSecrets(place)
  const ownerUrl = urlOf(place, 'plumbline_owner', secrets.owner, databaseName)
  const client = new Client({ connectionString: ownerUrl })
  try {
    await client.connect()
    await client.end()
  } catch {
    return startEmbedded({ dataDir })
  }
  return { ownerUrl, appUrl: urlOf(place, 'plumbline_app', secrets.app, databaseName), stop: async () => {} }
}
