import { connectingOf, type Device, deviceContract, protocolNames } from '@plumbline/core/device'
import { useRoute } from '../../kit/api.ts'
import { useLegalNow } from '../../kit/session.tsx'
import { Copied, Facts, Failure, Loading, Section } from '../../kit/ui/index.ts'

/** 接入方式: what to set in the device, a sample, and the commands with which the line is tried from any machine. */
export function Connecting({ record }: { record: Device }) {
  const doors = useRoute(deviceContract.doors, {}, { staleTime: Infinity })
  const now = useLegalNow()
  if (doors.error) return <Failure error={doors.error} again={() => void doors.refetch()} />
  if (!doors.data) return <Loading />
  // The sample stands still while it is read: its times change with the minute alone.
  const { protocol, facts, sample, trial, warning } = connectingOf(
    record,
    doors.data,
    Math.floor(now.getTime() / 60_000) * 60_000,
  )
  return (
    <Section title="接入方式" note={protocolNames[protocol]}>
      {warning && (
        <p className="device-warning" role="note">
          {warning}
        </p>
      )}
      <Facts facts={facts.map(({ label, value }) => ({ label, value: <span className="num">{value}</span> }))} />
      <details className="device-trial">
        <summary>{sample.title}</summary>
        <Copied text={sample.text} label="复制" />
        {sample.note && <p className="tiny muted">{sample.note}</p>}
        {trial && (
          <>
            <p>在任何一台能访问平台的电脑上试发：</p>
            <Copied text={trial} label="复制命令" />
          </>
        )}
      </details>
    </Section>
  )
}
