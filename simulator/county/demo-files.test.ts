import { readFile } from 'node:fs/promises'
import exifReader from 'exif-reader'
import { isUscc } from '@plumbline/core/kit'
import { readSheet } from 'read-excel-file/node'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { headings, importRows, workshop } from './import-rows.ts'
import { makeCounty, photo, type PhotoKey, scenes } from './index.ts'

const county = makeCounty(1)
const demo = (name: string) => new URL(`../../demo/${name}`, import.meta.url)

describe('demo/projects.xlsx', () => {
  const { rows, faults } = importRows()

  it('is what the script makes, read back by another library', async () => {
    const [head, ...body] = await readSheet(await readFile(demo('projects.xlsx')))
    expect(head).toEqual([...headings])
    expect(body).toEqual(rows.map((row) => headings.map((heading) => row[heading])))
  })

  it('has 12 good rows and 6 with one fault each', () => {
    expect(rows).toHaveLength(18)
    expect(faults.map((fault) => fault.heading).sort()).toEqual(
      ['项目编码', '施工单位信用代码', '所属镇街', '建筑面积(㎡)', '项目名称', '开工日期'].sort(),
    )
    const at = (heading: string) => rows[faults.find((fault) => fault.heading === heading)?.row ?? -1]
    expect(rows.filter((row) => row.项目编码 === at('项目编码')?.项目编码)).toHaveLength(2)
    expect(isUscc(String(at('施工单位信用代码')?.施工单位信用代码))).toBe(false)
    expect(at('项目名称')?.项目名称).toBeNull()
  })

  it('names in its good rows only towns and enterprises of the county, and codes that are new to it', () => {
    const bad = new Set(faults.map((fault) => fault.row))
    const towns = county.towns.map((town) => town.name)
    const units = new Map(county.orgs.map((org) => [org.uscc, org.name]))
    const codes = new Set(county.projects.map((project) => project.code))
    for (const row of rows.filter((_, i) => !bad.has(i))) {
      expect(towns).toContain(row.所属镇街)
      expect(codes).not.toContain(row.项目编码)
      expect(units.get(String(row.建设单位信用代码))).toBe(row.建设单位)
      expect(units.get(String(row.施工单位信用代码))).toBe(row.施工单位)
      expect(units.get(String(row.监理单位信用代码))).toBe(row.监理单位)
    }
  })
})

describe('demo/project.json', () => {
  it('is the workshop of the story', async () => {
    const project: unknown = JSON.parse(await readFile(demo('project.json'), 'utf8'))
    expect(project).toEqual(workshop())
    expect(project).toMatchObject({ area: 5200, dangerousWorks: [{ depth: 7.5 }, { kind: 'tower_crane' }] })
  })
})

describe('photo', () => {
  const at = { taken: new Date('2026-11-11T07:31:05Z'), point: { lon: 120.912345, lat: 30.71 } }

  it('is a JPEG of 1280 by 960 with its hour in Shanghai and its place', async () => {
    const metadata = await sharp(await photo('edge:1', 'before', at)).metadata()
    expect([metadata.format, metadata.width, metadata.height]).toEqual(['jpeg', 1280, 960])
    const exif = exifReader(metadata.exif as Buffer)
    expect(exif.Photo?.DateTimeOriginal?.toISOString()).toBe('2026-11-11T15:31:05.000Z') // wall clock, as EXIF keeps it
    expect(exif.Photo?.OffsetTimeOriginal).toBe('+08:00')
    const degrees = ([d = 0, m = 0, s = 0]: number[] = []) => d + m / 60 + s / 3600
    expect(degrees(exif.GPSInfo?.GPSLongitude)).toBeCloseTo(at.point.lon, 5)
    expect(degrees(exif.GPSInfo?.GPSLatitude)).toBeCloseTo(at.point.lat, 5)
  })

  it('differs by key and by side, and is the same when drawn again', async () => {
    const keys = (Object.keys(scenes) as (keyof typeof scenes)[]).flatMap((scene): PhotoKey[] => [
      `${scene}:1`,
      `${scene}:2`,
    ])
    const drawn: string[] = []
    for (const key of keys)
      for (const side of ['before', 'after'] as const) drawn.push((await photo(key, side, at)).toString('base64'))
    expect(new Set(drawn).size).toBe(keys.length * 2)
    expect((await photo('edge:1', 'before', at)).toString('base64')).toBe(drawn[0])
  })
})
