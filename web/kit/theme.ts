import type { ThemeConfig } from 'antd'

export const font =
  "'PingFang SC','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei',system-ui,sans-serif"

/** The same values as tokens.css, for antd. Its own default blue fails AA on white, hence #0958d9. */
export const theme: ThemeConfig = {
  token: {
    // Nothing moves by itself. A button that was waiting is at once what it says again.
    motion: false,
    colorPrimary: '#0958d9',
    // Darker under the pointer: antd's own lighter blue fails AA too.
    colorPrimaryHover: '#003eb3',
    colorLinkHover: '#003eb3',
    colorInfo: '#0958d9',
    colorLink: '#0958d9',
    colorSuccess: '#3d7a57',
    colorWarning: '#8a5200',
    colorError: '#cf1322',
    colorText: '#1c2430',
    colorTextSecondary: '#56606e',
    colorTextDescription: '#5d6875',
    colorTextPlaceholder: '#5d6875',
    colorBorder: '#d3d8df',
    colorBorderSecondary: '#e4e7ec',
    colorBgLayout: '#f5f6f8',
    borderRadius: 6,
    fontSize: 14,
    controlHeight: 32,
    fontFamily: font,
  },
  components: {
    Table: {
      headerBg: '#ffffff',
      headerColor: '#56606e',
      headerSplitColor: 'transparent',
      cellPaddingBlockSM: 8,
      cellPaddingInlineSM: 16,
      bodySortBg: '#ffffff',
      headerSortActiveBg: '#ffffff',
      headerSortHoverBg: '#f7f9fc',
      cellFontSize: 14,
      borderColor: '#eef0f3',
      rowHoverBg: '#f7f9fc',
    },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
  },
}
