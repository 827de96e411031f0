import { DevicePassword, findModel, Mn } from '@plumbline/core/device'
import { expect, test } from 'vitest'
import frame from '../../demo/frame-device.json' with { type: 'json' }
import { makeCounty } from '../county/index.ts'
import { demoDevices } from './devices.ts'

const county = makeCounty(7, '2026-11-20')
const devices = demoDevices(county)

test('another seed has other passwords under the same numbers', () => {
  const other = demoDevices(makeCounty(8, '2026-11-20'))
  const pairs = devices.flatMap(({ mn, pw, silent }) => {
    const twin = other.find((one) => one.mn === mn)
    return twin && !silent ? [[pw, twin.pw]] : []
  })
  expect(pairs.length).toBeGreaterThan(0)
  expect(pairs.filter(([own, twin]) => own === twin)).toEqual([])
})

test('numbers are of the form and unlike, models exist, and every monitor opens a sprayer of its own site', () => {
  expect(new Set(devices.map(({ mn }) => mn)).size).toBe(devices.length)
  for (const { mn, pw, modelCode, kind, opens, project } of devices) {
    expect(Mn.parse(mn)).toHaveLength(24)
    expect(DevicePassword.parse(pw)).toHaveLength(6)
    expect(findModel(modelCode)?.kind).toBe(kind)
    const sprayer = devices.find((one) => one.mn === opens)
    expect(sprayer && [sprayer.kind, sprayer.project]).toEqual(kind === 'dust' ? ['sprayer', project] : undefined)
  }
})

test('one device is silent: that of the frame command, on the main site', () => {
  const silent = devices.filter((one) => one.silent)
  expect(silent).toMatchObject([{ ...frame, kind: 'dust', project: county.demo.projects.sewageWorks }])
})
