"""The examples of the reference: a file of each kind, and a block of each component, with every key of theirs."""

from __future__ import annotations

FILES = {
    "spec": """\
version: 1
title: "{client.name} · {period.label}"
locale: en
timezone: America/Sao_Paulo
currency: BRL
week_starts: monday
fiscal_year_starts: january
period: last_month                  # or 2026-10, 2026-Q3, 2026-W40, 2026-10-01..2026-10-15
compare: previous_period            # or previous_month, same_period_last_year, none, 2025-10-01..2025-10-15
align: weekday                      # of same_period_last_year: Mondays beside Mondays
neutral_band: 2                     # a change of less than 2 % is neither good nor bad
theme: paper
page: {paper: a4, landscape: false, flow: auto}  # or letter, slide; pages, continuous
agency:
  name: Studio Norte
  logo: images/norte.svg
  show_name: false                  # the logo is the name in letters
  contact: {name: Ana Prado, email: ana@studionorte.example, phone: "+55 11 5555 0100", url: "https://studionorte.example"}
cover: {image: images/cover.jpg}    # or `cover: none`: the title stands above the first section
about: page                         # or none: its necessary remarks alone, after the last block
footer: "{agency.name} · studionorte.example"
images: {hosts: ["*.cdninstagram.com"]}
sources:
  instagram: {integration: instagram_business, customer_integration: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
  ads: {integration: google_ads, optional: true, absent: zero}
attach_data: true
indexed: false                     # or true: search engines may list the web page
pdf_variant: pdf/ua-1
require: {blocks: [reach], coverage: 0.9}
goals_file: budgets.csv
annotations:
  - {date: 2026-10-15, text: Autumn collection online}
glossary:
  - {term: Reach, text: How many accounts saw a post at least once.}
rename: {device: {mobile: Phone, desktop: Computer}}
sections:
  - title: Instagram
    subtitle: More people saw the bakery, and more of them wrote.
    source: instagram
    new_page: true                  # or false: it follows on
    when: reach > 0                 # shown only then
    blocks:
      - {name: reach, label: Reach, format: count, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
  - title: Behind the numbers
    source: instagram
    hidden: true                    # for formulas alone
    blocks:
      - {name: views, reference_key: "ig:profile_views", component: number_v1, metrics: [profile_views]}
""",
    "client": """\
version: 1
name: Padaria Aurora
slug: padaria-aurora
id: aurora
locale: pt-BR
timezone: America/Sao_Paulo
currency: BRL
email: dono@aurora.example
brand: {logo: images/aurora.svg, primary: "#8A3B12", secondary: "#F2C14E"}
page: {paper: letter, landscape: false, flow: pages}
cover: {image: images/cover.jpg}
about: page
footer: "{client.name} · {period.label}"
api:
  token: {env: REPORTGEN_TOKEN}
  customer_token: {file: secrets/aurora}
  requests_per_minute: 300
  metrics_per_request: 50
  webhook: {url: "https://reports.agency.example/hook", bind: "127.0.0.1:8443"}
fetch: sync
sources:
  instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50
goals: {reach: 60000}
goals_file: budgets.csv
annotations:
  - {date: 2026-10-14, text: Second shop opened}
titles: {Instagram: Nosso Instagram, reach: Pessoas alcançadas}
order: [Ads, reach]
hide: [Audience, reach_by_day]
""",
    "theme": """\
version: 1
extends: paper
colors:
  page: "#FFFFFF"
  ink: "#1C241F"
  ink-2: "#46524A"
  ink-3: "#626E66"
  grid: "#E2E6E3"
  axis: "#A5AEA8"
  hair: "#D6DCD8"
  track: "#EAEEEB"
  rule: "#1C241F"
  compare: "#85918A"
  compare-soft: "#CBD3CE"
  accent: "#1F6B4A"
  accent-soft: "#CFE5DA"
  good: "#1B6B43"
  bad: "#AB3127"
  flat: "#5A6068"
  warn: "#7A5A12"
  tint: "#F1F5F2"
  cover-bg: "#16321F"
  cover-ink: "#F4F7F3"
  cover-soft: "#B9C7BC"
  cover-accent: "#9FD3B0"
  cover-line: "#4C6A55"
  c1: "#1F6B4A"
  c2: "#B0761C"
  c3: "#3D5FA8"
  c4: "#84306A"
  c5: "#4A3426"
  c6: "#8A909B"
  q0: "#EEF5F1"
  q1: "#D0E5DA"
  q2: "#A3CDB7"
  q3: "#6FAF8F"
  q4: "#3F8B67"
  q5: "#195A3D"
fonts:
  text: {regular: fonts/Text.ttf, bold: fonts/Text-Bold.ttf, italic: fonts/Text-Italic.ttf, light: fonts/Text-Light.ttf}
  titles: {regular: fonts/Display.ttf, bold: fonts/Display-Bold.ttf, light: fonts/Display-Light.ttf}
""",
    "fleet": """\
version: 1
period: last_month
compare: previous_period
formats: [html, pdf, xlsx]
output: "out/{period.id}/{client.slug}/{spec.name}"
defaults:
  api:
    token: {env: REPORTGEN_TOKEN}
    customer_token: {file: secrets/customer}
    requests_per_minute: 300
  locale: pt-BR
  timezone: America/Sao_Paulo
  currency: BRL
  fetch: sync
shared: [addresses]
goals_file: budgets.csv
reports:
  - {spec: social.yaml, clients: "clients/*.yaml", locales: [pt-BR, en]}
  - {spec: full.yaml, clients: clients.csv, except: [padaria-aurora], formats: [pdf]}
deliver:
  when: [done]
  approval: required
  to:
    - folder: "outbox/{client.slug}"
    - email:
        to: "{client.email}"
        cc: [ana@studionorte.example]
        from: "{agency.name} <reports@studionorte.example>"
        reply_to: ana@studionorte.example
        subject: "{title}"
        body: mail.txt
        html: true
        numbers: [reach, spend]
        together: true
        size_limit: 20
        link: "https://files.studionorte.example/{client.slug}/"
        server: {env: REPORTGEN_SMTP}
    - webhook: {url: "https://agency.example/hook", secret: {env: HOOK_SECRET}}
    - storage:
        url: "s3://studio-norte/{client.slug}/{period.id}"
        options: {key: {env: S3_KEY}, secret: {env: S3_SECRET}}
    - notify: {url: {env: CHAT_URL}, text: "{client.name} spent {spend.change}", alert: spend.change < -30%}
""",
}
"""Kind of file -> an example of it."""

INCLUDE = """\
sections:
  - include: fragments/social.yaml
    with: {source: shop, title: The shop, prefix: shop}
  - include: fragments/social.yaml
    with: {source: cafe, title: The café, prefix: cafe}
"""
"""Lines of a spec that include `FRAGMENT`."""

FRAGMENT_FILE = "fragments/social.yaml"
FRAGMENT = """\
- title: "{with.title}"
  source: "{with.source}"
  blocks:
    - {name: reach, label: Reach, format: count, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
    - {name: followers, label: Followers, format: count, reference_key: "ig:followers_count", component: number_v1, metrics: [followers]}
    - {name: reach_a_follower, label: Reach for each follower, format: decimal, formula: reach / followers}
"""  # noqa: E501 - as an author writes it
"""A file of sections, for any Instagram account."""

EVERY_BLOCK = """\
- text: Reach grew because of the **autumn campaign**.
  name: why
  label: What happened
  width: 6
  new_row: true
  keep_with_next: true
  note: Written by the agency on the second of the month.
  hidden: false
  when: reach.change < -10% or reach is missing
  on_failure: show
  source: instagram
"""

BLOCKS = {
    "number_v1": """\
- name: spend
  label: Spend
  format: {as: currency, currency: USD, decimals: 2, compact: false}   # or `format: currency` alone
  direction: neutral
  goal: 50000
  additive: true
  trend: spend_by_day                         # or {by: month, period: last_13_months}, its own values
  compare: none
  fields:
    metrics.cost_micros: {label: Spend, format: currency, direction: neutral}
  extra: {newApiKey: 1}
  id: 6f1c
  reference_key: gads:cost_micros             # from here on the API's own keys
  component: number_v1
  metrics: [metrics.cost_micros]
  type: spend
""",
    "chart_v1": """\
- name: spend_by_day
  label: Spend per day
  kind: area
  height: short
  format: currency
  direction: neutral
  annotations: true
  additive: true
  compare: none
  fields:
    metrics.cost_micros: {label: Spend, format: currency, direction: neutral}
  extra: {newApiKey: 1}
  id: 6f1d
  reference_key: gads:cost_average_cpc_per_day
  component: chart_v1
  metrics: [metrics.cost_micros, metrics.average_cpc]
  dimensions: [date]
  chart_type: line
- name: clicks_by_device
  where: device != 'tv'
  limit: 3
  other: true
  fields:
    device: {rename: {mobile: Phone}}
  reference_key: gads:clicks_per_device
  component: chart_v1
  metrics: [metrics.clicks]
  dimensions: [device]
  chart_type: pie
- name: new_followers_by_week
  period: last_12_weeks
  by: week
  additive: true
  kind: bar
  format: count
  reference_key: ig:new_followers_count_chart
  component: chart_v1
  metrics: [new_followers]
  dimensions: [date]
  chart_type: line
""",
    "datatable_v1": """\
- name: clicks
  label: Where people clicked
  columns: [clicks_breakdown, count, share, ctr]
  where: count > 0 and clicks_breakdown != 'internal'
  sort_by: -count
  limit: 10
  other: true                                 # or its name
  landscape: false
  thumbnails: false
  total_row: Everything
  format: count
  direction: up_is_good
  additive: true
  compare: none
  fields:
    clicks_breakdown: {label: Link, lines: 2, rename: {Email: E-mail}}
    count: {label: Clicks, format: count, direction: up_is_good, bar: true, change: true}
    share: {label: Share, formula: count / count.total, format: percent, additive: true}
    ctr: {label: CTR, format: percent, tones: {good: ">= 5%", warn: "< 5%", bad: "< 1%"}}
  extra: {newApiKey: 1}
  id: 6f1e
  reference_key: ig:clicks_breakdown
  component: datatable_v1
  metrics: [count, ctr]
  dimensions: [clicks_breakdown]
  sort: [-count]
""",
    "formula": """\
- name: cost_per_conversion
  formula: spend / conversions
  label: Cost per conversion
  format: currency
  direction: down_is_good
  goal: 12.5
  compare: none
""",
    "sum": """\
- name: all_spend
  sum: [spend, other_spend]
  label: Spent on ads
  format: currency
  direction: neutral
  goal: {at_most: 5000}
  compare: none
""",
    "text": """\
- text: Reach grew because of the **autumn campaign**.
- text: {file: "commentary/{client.slug}/{period.id}.md", optional: true}
""",
    "heading": """\
- heading: What comes next
""",
    "callout": """\
- callout: The shop was closed for **two days**.
  tone: warn
""",
    "summary": """\
- summary: auto
- summary: [spend, conversions]
""",
    "metric_list": """\
- metric_list: [spend, conversions]
""",
    "metric_table": """\
- name: channels
  metric_table:
    - {row: Google Ads, cost: spend, orders: conversions, each: spend / conversions, budget: spend.goal}
    - {row: "Meta: Facebook and Instagram", cost: other_spend, orders: other_conversions}
  label: Channels
  fields:
    row: {label: Channel, lines: 2, rename: {Google Ads: Google}}
    cost: {label: Spent, format: currency, direction: neutral, bar: true, additive: {parts: true}}
    orders: {label: Orders, tones: {good: ">= 100", warn: "< 100", bad: "< 10"}, additive: {time: true, accounts: true}}
    each: {label: Per order, change: true}
    share: {label: Share of costs, formula: cost / cost.total, format: percent}
  where: cost > 0
  sort_by: -cost
  limit: 5
  other: true
  columns: [row, cost, share, orders, each]
  total_row: true
  kind: bar
  compare: none
""",
    "history": """\
- history: [spend, conversions]
  by: month
  period: last_13_months
  kind: combo
  compare: same_period_last_year
  label: Spend and conversions
  width: 12
  height: tall
""",
    "image": """\
- image: images/team.svg
  alt: The team in front of the new shop
""",
    "divider": "- divider\n",
    "page_break": "- page_break\n",
}
"""Component -> an example of it, as a list of blocks."""
