import type { FileView } from '@plumbline/core/base'
import type { Service } from '@plumbline/core/rectification'
import { Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { uploadFile } from '../../../kit/files.ts'
import { useLegalNow } from '../../../kit/session.tsx'
import { Failure, InstantItem, PhotoPicker, SignaturePad, type StepFormProps, StepForm } from '../../../kit/ui/index.ts'
import { useUploads } from '../../../kit/uploads.ts'
import { useNotice } from '../notice.ts'
import { outcomeTitles, optionsOf, wayOptions } from '../words.ts'

interface Serve {
  way: Service['way']
  recipient: { name: string; post: string }
  at?: string
  outcome?: Service['outcome']
  note?: string
  photos?: FileView[]
  signature?: FileView
}

/** 送达: to whom, how, when and how it was received. From that day the terms and the ladder run. */
export function ServeForm(step: StepFormProps) {
  const { record } = useNotice()
  const now = useLegalNow()
  // The clock of this page may be a moment behind the server's, which stamped the issue.
  const at = record.issuedAt ? new Date(Math.max(now.getTime(), Date.parse(record.issuedAt))) : now
  return (
    <StepForm<Serve>
      step={step}
      initial={{ way: 'electronic', at: at.toISOString() }}
      inputOf={({ photos = [], signature, outcome, at: told, ...values }) => ({
        ...values,
        // An electronic service has no field for its time: it happens now.
        at: told ?? at.toISOString(),
        outcome: outcome ?? 'delivered',
        photos: [...photos, ...(signature ? [signature] : [])].map(({ id }) => id),
      })}
    >
      <p className="muted">送达当日为第 0 天，整改期限、黄色提醒和红色锁定从这一天起算。</p>
      <Form.Item name="way" label="送达方式" rules={[{ required: true }]}>
        <Select options={wayOptions} />
      </Form.Item>
      <div className="side-by-side">
        <Form.Item
          name={['recipient', 'name']}
          label="受送达人"
          rules={[{ required: true, message: '请填写受送达人' }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name={['recipient', 'post']} label="职务" rules={[{ required: true, message: '请填写职务' }]}>
          <Input maxLength={40} autoComplete="off" placeholder="项目经理" />
        </Form.Item>
      </div>
      <Delivery />
    </StepForm>
  )
}

/** How it was handed over; an electronic service happens now and is read when the recipient signs for it himself. */
function Delivery() {
  const form = Form.useFormInstance<Serve>()
  const way = Form.useWatch('way', form)
  const outcome = Form.useWatch('outcome', form)
  if (way === 'electronic') return <p className="muted">现在送达到单位的账号，由其本人签收，签收时间自动记录。</p>
  return (
    <>
      <InstantItem name="at" label="送达时间" missing="请填写送达时间" />
      {way !== 'notice' && (
        <Form.Item name="outcome" label="送达结果" rules={[{ required: true, message: '请选择送达结果' }]}>
          <Radio.Group optionType="button" options={optionsOf(outcomeTitles)} />
        </Form.Item>
      )}
      {way === 'on_site' && outcome === 'read' && (
        <Form.Item name="signature" label="受送达人签名">
          <Signature />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label={outcome === 'refused' ? '拒收情况及见证人' : '备注（回执编号、张贴地点）'}
        rules={outcome === 'refused' ? [{ required: true, whitespace: true, message: '请写明拒收情况及见证人' }] : []}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="photos" label="送达照片（可不附）">
        <PhotoPicker />
      </Form.Item>
    </>
  )
}

/** The recipient signs on the officer's screen; the drawn name is stored like a photograph of the service. */
function Signature({ onChange }: { onChange?: (signature: FileView | undefined) => void }) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  useUploads(busy ? 1 : 0)
  const keep = async (png: Blob | null) => {
    setError(undefined)
    onChange?.(undefined)
    if (!png) return
    setBusy(true)
    try {
      onChange?.(await uploadFile(new File([png], '受送达人签名.png', { type: 'image/png' })))
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <SignaturePad label="受送达人" onChange={(png) => void keep(png)} />
      {error !== undefined && <Failure error={error} />}
    </>
  )
}
