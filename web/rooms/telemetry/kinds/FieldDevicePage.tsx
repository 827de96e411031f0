import { kindNames } from '@plumbline/core/device'
import { Link, useParams } from 'react-router'
import { FieldFailure, TopBar } from '../../../field/Shell.tsx'
import { Slot } from '../../../kit/panels.tsx'
import { Loaded } from '../../../kit/ui/index.ts'
import { LivePanel } from './LivePanel.tsx'
import { useBearings } from './readings.ts'

/** A device on the phone: what it says now. */
export function FieldDevicePage() {
  const { id = '' } = useParams()
  const bearings = useBearings(id)
  return (
    <Loaded found={bearings} Failed={FieldFailure}>
      {({ name, kind, projectId, projectName }) => (
        <div className="field-stack">
          <TopBar title={name} note={kindNames[kind]} back={`/project/${projectId}`} />
          <Link to={`/project/${projectId}`}>{projectName}</Link>
          <LivePanel id={id} plain />
          <Slot name="device" id={id} />
        </div>
      )}
    </Loaded>
  )
}
