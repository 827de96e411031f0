import { type OfficerRow, projectContract, type ProjectView } from '@plumbline/core/project'
import { Checkbox, Input, Radio } from 'antd'
import { useState } from 'react'
import { useRoute } from '../../kit/api.ts'
import { Empty, Failure, FormButtons, Loading, type StepFormProps } from '../../kit/ui/index.ts'
import { useProject } from './view.ts'

/** 指派监督人员: one leads, the others assist; what is open passes over and is listed on the page afterwards. */
export function AssignForm(props: StepFormProps) {
  const officers = useRoute(projectContract.officers, {})
  const project = useProject()
  const error = officers.error ?? project.error
  if (error) return <Failure error={error} again={() => void officers.refetch()} />
  if (!officers.data || !project.data) return <Loading />
  return <Choose {...props} view={project.data} rows={officers.data.rows} />
}

interface ChooseProps extends StepFormProps {
  view: ProjectView
  rows: readonly OfficerRow[]
}

function Choose({ view, rows, onSubmit, onCancel, pending }: ChooseProps) {
  const now = view.record.officers
  const [chosen, setChosen] = useState(() => now.map(({ personId }) => personId))
  const [lead, setLead] = useState(() => now.find((one) => one.lead)?.personId)
  const [reason, setReason] = useState('')

  const pick = (personId: string, on: boolean) => {
    const next = on ? [...chosen, personId] : chosen.filter((id) => id !== personId)
    setChosen(next)
    if (on && lead === undefined) setLead(personId)
    if (!on && lead === personId) setLead(next[0])
  }
  const submit = () =>
    void onSubmit({ officers: chosen.map((personId) => ({ personId, lead: personId === lead })), reason }).catch(
      () => {},
    )

  return (
    <>
      {rows.length === 0 && <Empty>没有可指派的监督人员，请先在“账号”中任命监督员。</Empty>}
      <div>
        <table className="plain">
          <thead>
            <tr>
              <th>监督人员</th>
              <th>辖区</th>
              <th>在监项目</th>
              <th>主办</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.personId}>
                <td>
                  <Checkbox
                    checked={chosen.includes(one.personId)}
                    onChange={({ target }) => pick(one.personId, target.checked)}
                  >
                    {one.name} <span className="tiny muted">{one.certificate ?? one.capacityLabel}</span>
                  </Checkbox>
                </td>
                <td>{one.scope}</td>
                <td className="num">{one.projects}</td>
                <td>
                  <Radio
                    aria-label={`${one.name} 主办`}
                    disabled={!chosen.includes(one.personId)}
                    checked={lead === one.personId}
                    onChange={() => setLead(one.personId)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <label>
        事由
        <Input.TextArea rows={2} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      <OpenNow view={view} />
      <FormButtons pending={pending} onCancel={onCancel} onOk={submit} label="指派" />
    </>
  )
}

/** What the newcomers take over. */
function OpenNow({ view }: { view: ProjectView }) {
  const open = view.counts.filter((one) => one.open > 0)
  return (
    <p className="tiny muted">
      {open.length === 0
        ? '本项目现在没有未办结的事项需要移交。'
        : `随之移交的未办结事项：${open.map((one) => `${one.title} ${one.open} 件`).join('、')}，办理后逐件列入移交清单。`}
      指派即时生效，离任人员不能再办理本项目的事项。
    </p>
  )
}
