import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../server/base/embedded/index.ts'
import { migrate } from '../../server/base/migrate.ts'
import { withDatabase } from './address.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    ownerUrl: string
    appUrl: string
  }
}

export const templateName = 'plumbline_template'

interface Cluster {
  ownerUrl: string
  appUrl: string
  stop: () => Promise<void>
}

/** vitest globalSetup: one cluster for the whole run, migrated once into a template that tests clone. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = givenCluster() ?? (await startCluster())
  try {
    await makeTemplate(cluster.ownerUrl)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  project.provide('ownerUrl', cluster.ownerUrl)
  project.provide('appUrl', cluster.appUrl)
  return cluster.stop
}

/** TEST_OWNER_URL (a login that may create databases) and TEST_DATABASE_URL (the application's) name a cluster of yours. */
function givenCluster(): Cluster | undefined {
  const { TEST_OWNER_URL: ownerUrl, TEST_DATABASE_URL: appUrl } = process.env
  if (ownerUrl === undefined || appUrl === undefined) return undefined
  return { ownerUrl, appUrl, stop: async () => {} }
}

/** A throwaway cluster; TEST_POSTGRES_BIN runs it on another PostgreSQL than the embedded one. */
async function startCluster(): Promise<Cluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-test-'))
  const bin = process.env.TEST_POSTGRES_BIN
  const embedded = await startEmbedded({ dataDir, throwaway: true, ...(bin === undefined ? {} : { bin }) })
  const stop = async () => {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ownerUrl: embedded.ownerUrl, appUrl: embedded.appUrl, stop }
}

async function makeTemplate(ownerUrl: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query(`drop database if exists ${templateName}`)
    await owner.query(`create database ${templateName}`)
  } finally {
    await owner.end()
  }
  await migrate(withDatabase(ownerUrl, templateName), { appRole: 'plumbline_app' })
}
