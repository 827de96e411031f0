import { noSettings, silentLine } from '@plumbline/core/device'
import { type Answer, inspectorSession } from '../../../kit/testing.tsx'

/** What the pretended server says of an actuator: a sprayer unless `more` says otherwise, with these steps open. */
export function actuatorView(id: string, more: object, steps: readonly string[]): Answer {
  const at = inspectorSession.now
  return {
    reply: {
      head: {
        ...{ id, room: 'device', number: 'A1', title: '北门喷淋', state: 'live', stateLabel: '已接入', open: true },
        ...{ projectId: id, projectName: '城东污水厂', since: at, due: null, tier: 'calm' },
      },
      record: {
        ...{ id, state: 'live', modelCode: 'sprayer-1', kind: 'sprayer', mn: 'A1', name: '北门喷淋' },
        ...{ projectId: id, projectName: '城东污水厂', district: '990421001', parties: [], unitProfile: 'ug' },
        ...{ crcMode: 'strict', ending: 'crlf', linkedTo: null, linkedUnit: null, mode: 'interlocked' },
        ...{ settings: noSettings, point: null, liveAt: at, enteredAt: at, keeper: null, note: null },
        ...{ explanation: null, interlock: null, ...more },
      },
      steps: steps.map((action) => ({ action, label: action, clause: null, main: false })),
      ...{ acts: [], line: silentLine, beside: [], skewMinutes: 5, officers: [] },
    },
  }
}
