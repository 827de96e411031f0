import { describe, expect, test } from 'vitest'
import type { Cells } from './sheet.ts'
import { readSheetRow } from './sheet.ts'
import type { Town } from './town.ts'

const square = (west: number) => [
  { lon: west, lat: 30 },
  { lon: west + 1, lat: 30 },
  { lon: west + 1, lat: 31 },
  { lon: west, lat: 31 },
]
const towns: Town[] = [
  { code: '990421001', name: '禾丰街道', polygon: square(120), hightechZone: false },
  { code: '990421002', name: '城东街道', polygon: square(121), hightechZone: false },
]
const good: Cells = {
  项目编码: '9904212609010101',
  项目名称: '文化中心',
  所属镇街: '禾丰街道',
  地址: '禾丰路1号',
  经度: 120.5,
  纬度: 30.5,
  行业: '房建',
  '建筑面积(㎡)': 5000,
  开工日期: new Date('2026-09-01T00:00:00Z'),
}
const faultsOf = (change: Cells) => {
  const result = readSheetRow({ ...good, ...change }, towns)
  return result.ok ? [] : result.faults.map(({ heading, rule }) => [heading, rule])
}

describe('what a row is refused for', () => {
  test.each<[Cells, string, string]>([
    [{ 项目编码: null }, '项目编码', 'cell_missing'],
    // As Excel hands over a code typed as a number.
    [{ 项目编码: Number('9904212609010101') }, '项目编码', 'project_code_malformed'],
    [{ 项目编码: '9904212613010101' }, '项目编码', 'project_code_malformed'],
    [{ 项目名称: ' ' }, '项目名称', 'cell_missing'],
    [{ 所属镇街: '东川镇' }, '所属镇街', 'town_unknown'],
    [{ 所属镇街: '城东街道' }, '经度', 'point_outside_town'],
    [{ 经度: '东经一百二' }, '经度', 'point_malformed'],
    [{ 行业: '航天' }, '行业', 'sector_unknown'],
    [{ 阶段: '封顶' }, '阶段', 'stage_unknown'],
    [{ '建筑面积(㎡)': -3200 }, '建筑面积(㎡)', 'number_not_positive'],
    [{ '建筑面积(㎡)': '五千' }, '建筑面积(㎡)', 'number_malformed'],
    [{ 开工日期: '2026-02-30' }, '开工日期', 'day_malformed'],
    [{ 施工单位: '甲公司' }, '施工单位信用代码', 'uscc_missing'],
    [{ 施工单位: '甲公司', 施工单位信用代码: '91350100M000100Y44' }, '施工单位信用代码', 'uscc_malformed'],
    [{ 施工单位信用代码: '91350100M000100Y43' }, '施工单位', 'org_name_missing'],
  ])('%j', (change, heading, rule) => expect(faultsOf(change)).toEqual([[heading, rule]]))

  test('every fault of a row is named at once', () => {
    expect(faultsOf({ 项目名称: null, 地址: null, 纬度: null }).map(([heading]) => heading)).toEqual([
      '项目名称',
      '地址',
      '纬度',
    ])
  })
})

test('a date may be a date cell or text as people write it', () => {
  for (const day of [new Date('2026-09-01T00:00:00Z'), '2026-09-01', '2026/9/1', '2026.9.1']) {
    const result = readSheetRow({ ...good, 开工日期: day }, towns)
    expect(result.ok && result.row.startDay).toBe('2026-09-01')
  }
})

test('what is not filled in is not known, and the stage begins with the foundation', () => {
  const result = readSheetRow({ ...good, '建筑面积(㎡)': null, 开工日期: '' }, towns)
  expect(result).toMatchObject({
    ok: true,
    row: { area: null, cost: null, startDay: null, stage: 'foundation', district: '990421001', parties: [] },
  })
})
