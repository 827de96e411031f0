import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { draw } from '../testing.tsx'
import { MapView } from './MapView.tsx'
import { projection } from './shapes.ts'
import { SvgMap } from './SvgMap.tsx'

const square = [
  { lon: 120.9, lat: 30.7 },
  { lon: 121, lat: 30.7 },
  { lon: 121, lat: 30.8 },
  { lon: 120.9, lat: 30.8 },
]
const towns = [{ code: '990421001', name: '云桥镇', polygon: square }]
const sites = [
  { id: 'red', name: '人才公寓二期', lon: 120.95, lat: 30.75, tier: 'red' as const },
  { id: 'calm', name: '云禾里花园', lon: 120.96, lat: 30.76, tier: 'calm' as const },
]

test('a map whose towns come later is drawn at its size all the same', () => {
  const watched: Element[] = []
  let tell: ((size: { width: number; height: number }) => void) | undefined
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(hear: (entries: unknown[]) => void) {
        tell = (contentRect) => hear([{ contentRect }])
      }
      observe(one: Element) {
        watched.push(one)
      }
      disconnect() {}
    },
  )
  const { rerender } = draw(<SvgMap towns={[]} sites={[]} label="图" />)
  expect(watched).toEqual([])
  rerender(<SvgMap towns={towns} sites={[]} label="图" />)
  const drawing = screen.getByRole('group', { name: '图' })
  expect(watched).toEqual([drawing])
  act(() => tell?.({ width: 300, height: 200 }))
  expect(drawing.getAttribute('viewBox')).toBe('0 0 300 200')
  vi.unstubAllGlobals()
})

test('without WebGL the county is drawn all the same, and a site opens from keyboard and pointer', async () => {
  // jsdom, like an old office machine, gives no WebGL.
  const onOpen = vi.fn()
  draw(<MapView towns={towns} sites={sites} onOpen={onOpen} />)
  expect(screen.getByText('云桥镇')).toBeTruthy()
  const point = within(screen.getByRole('group', { name: '辖区工地分布图' })).getByRole('button', {
    name: '人才公寓二期 红色锁定',
  })
  await userEvent.click(point)
  point.focus()
  await userEvent.keyboard('{Enter}')
  expect(onOpen.mock.calls).toEqual([['red'], ['red']])
})

test('the list names every site with its tier, the loudest first', () => {
  draw(<MapView towns={towns} sites={sites.toReversed()} />)
  const items = within(screen.getByText(/以列表查看/).closest('details') ?? document.body).getAllByRole('listitem', {
    hidden: true,
  })
  expect(items.map((item) => item.textContent)).toEqual(['人才公寓二期红色锁定', '云禾里花园正常'])
})

test('a place pressed on the drawing is the place that was drawn there, and the drawing keeps its proportions', () => {
  const view = projection({ west: 120.9, south: 30.7, east: 121, north: 30.8 }, 400, 300)
  for (const point of [...square, { lon: 120.9321, lat: 30.7777 }]) {
    const back = view.toPoint(view.toPlane(point))
    expect(back.lon).toBeCloseTo(point.lon, 9)
    expect(back.lat).toBeCloseTo(point.lat, 9)
  }
  const west = view.toPlane({ lon: 120.9, lat: 30.7 })
  const east = view.toPlane({ lon: 121, lat: 30.8 })
  // At 30.75° a degree of longitude is cos(30.75°) = 0.8594 of a degree of latitude.
  expect((east.x - west.x) / (west.y - east.y)).toBeCloseTo(0.8594, 4)
})
