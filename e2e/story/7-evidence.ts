import { evidenceContract, type Proof } from '@plumbline/core/evidence'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { connect } from '../../simulator/client.ts'
import { look, patience } from '../setup/browser.ts'
import { root } from '../setup/county.ts'
import { madeBefore, type Story } from './story.ts'

/** The notice's paper and its proof, when the witnesses have cosigned it, as two files in a folder. */
async function takePaper({ county, made, page }: Story, folder: string) {
  const session = await connect(county.url).signInAs('inspectorA')
  const id = made.notice!
  const find = async () => {
    const { rows } = await session.call(evidenceContract.ofCase, { params: { id } })
    const [paper] = await county.sql<{ id: string; sha256: string }>(
      `select f.id, f.sha256 from base.file f join base.file_use u on u.file_id = f.id
       where u.case_id = $1 and f.told @> '{"paper": true}' order by f.created_at limit 1`,
      [id],
    )
    const row = rows.find(({ fileId }) => fileId === paper?.id)
    return row?.witnessed ? { seq: row.seq, fileId: paper!.id } : undefined
  }
  await expect.poll(find, patience).toBeDefined()
  const { seq, fileId } = (await find())!
  const proof: Proof = await session.call(evidenceContract.proof, { params: { seq } })
  const desk = await page('林远舟', 'desk')
  const pdf = await (await desk.request.get(`${county.url}/api/files/${fileId}`)).body()
  const bent = Buffer.from(pdf)
  bent[bent.length >> 1]! ^= 1
  const paths = { pdf: join(folder, '通知书.pdf'), bent: join(folder, '改过.pdf'), proof: join(folder, '通知书.proof') }
  writeFileSync(paths.pdf, pdf)
  writeFileSync(paths.bent, bent)
  writeFileSync(paths.proof, JSON.stringify(proof))
  return { ...paths, fileId, seq }
}

/** A stranger with the paper in his hand: what the QR code opens, and the page on a stick, with the network off. */
export async function paperIsChecked(story: Story): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'))
  const context = await story.browser.newContext({ locale: 'zh-CN', viewport: { width: 360, height: 760 } })
  try {
    const paper = await takePaper(story, folder)
    const page = await context.newPage()
    await page.goto(`${story.county.url}/v/${paper.fileId}`)
    await page.getByText('已由其他部门见证').waitFor()
    await page.getByLabel('选择 PDF 文件').setInputFiles(paper.bent)
    await page.getByText(/与原件不符/).waitFor()
    await page.getByLabel('选择 PDF 文件').setInputFiles(paper.pdf)
    await page.getByText('一字不差').waitFor()
    await look(page, 'paper')

    await context.setOffline(true)
    await page.goto(`file://${join(root, 'web/dist/verify.html')}`)
    await page.locator('#proof').setInputFiles(paper.proof)
    await page.locator('#original').setInputFiles(paper.bent)
    await page.getByText('与存证不相符').first().waitFor()
    await page.locator('#original').setInputFiles(paper.pdf)
    await page.getByText('与存证相符').first().waitFor()
    await page.getByText('生态环境局').first().waitFor()
    await look(page, 'offline-verifier')
  } finally {
    await context.close()
    rmSync(folder, { recursive: true })
  }
}

/** Somebody with the database in his hands moves a deadline; the record, the field and the entry are named, and undone is undone. */
export async function isFoundOut({ county, ...story }: Story): Promise<void> {
  const id = madeBefore({ county, ...story }, 'notice')
  const honest = await county.run('verify')
  expect(honest.said).toContain('全部相符')
  expect(honest.code).toBe(0)
  const move = (days: number) =>
    county.run('sql', `update rectification.notice set red_at = red_at + interval '${days} days' where id = '${id}'`)
  expect(await move(30)).toMatchObject({ code: 0, said: expect.stringContaining('UPDATE 1') })
  const { code, said } = await county.run('verify')
  const [{ number } = { number: '' }] = await county.sql<{ number: string }>(
    'select number from base.case where id = $1',
    [id],
  )
  expect(said).toMatch(new RegExp(`${number} · 字段 redAt · 与存证不符 · 应为 .+ · 现为 .+ · 第 \\d+ 条存证`))
  expect(said).toContain('见证方 人社局 持有')
  expect(code).toBe(1)
  await move(-30)
  expect((await county.run('verify')).code).toBe(0)
}
