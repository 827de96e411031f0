import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findClaim } from './claim.ts'
import { findPlaceFolders, idOf, type Place } from './place.ts'
import { stopLeftBehind } from './postmaster.ts'

const mark = 'throwaway'

/** Marks a claimed place as a test run's, so that a later test run may clear it away. */
export function markThrowaway(place: Place): void {
  writeFileSync(join(place.folder, mark), '')
}

/** Removes a throwaway cluster. The caller holds its claim; its server has ended. */
export function removeThrowaway(folder: string): void {
  if (existsSync(join(folder, mark))) rmSync(folder, { recursive: true, force: true })
}

/** Clears away what killed test runs left in /var/lib/plumbline. Real clusters carry no mark and are never touched. */
export async function sweepThrowaways(): Promise<void> {
  for (const folder of findPlaceFolders()) {
    if (!existsSync(join(folder, mark))) continue
    const claim = await findClaim(idOf(folder))
    if (claim === undefined) continue
    try {
      await stopLeftBehind({ cluster: join(folder, 'cluster'), sockets: join(folder, 'sockets') })
      removeThrowaway(folder)
    } finally {
      await claim.release()
    }
  }
}
