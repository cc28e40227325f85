"""The additive metrics: the days of a period add up to its number, the rows of a table to its total.

Decided for the number keys of the vendor's 16 public payload catalogues, in the spelling of
`directions`. Other metrics do not add up: a unique count (`reach`, users, unique clicks) counts a person
once however many days they came, a stock (followers, contacts) is the value of the last day, a rate is
a quotient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components.directions import name_in_table

if TYPE_CHECKING:
    from reportgen.components.metric import Metric

# Traps, left out on purpose:
# - sessions of an analytics account are counted anew in every channel, and do not add up over rows;
# - total_contacts, current_followers_count and the like are stocks whatever their first word says;
# - the opens and clicks of mail tools are unique where the tool does not say "total";
# - count_ads and count_campaigns ask for `metrics.cost_micros` and count what ran, not what was paid.
_NAMES = """
    impressions media_impressions stories_impressions page_impressions page_organic_impressions
    page_posts_impressions page_post_organic_impressions video_impressions cardImpressions headlineImpressions
    viralCardImpressions viralImpressions views total_views total_search_views total_map_views profile_views
    total_video_views paid_video_views organic_video_views video_views videoViews videoStarts viralVideoViews
    fullScreenPlays viralFullScreenPlays videoCompletions videoFirstQuartileCompletions videoMidpointCompletions
    videoThirdQuartileCompletions all_pageviews event_count conversions_page_views view_product
    likes like_count comments comments_count replies retweets share shares reactions saved page_posts_comments
    page_posts_shares page_posts_all_reactions commentLikes viralLikes viralCommentLikes viralComments viralShares
    viralReactions clicks total_clicks app_clicks url_clicks video_clicks actionClicks adUnitClicks cardClicks
    companyPageClicks downloadClicks headlineClicks landingPageClicks textUrlClicks viralCardClicks viralClicks
    viralCompanyPageClicks viralDownloadClicks viralLandingPageClicks phone_calls total_actions
    total_bookings_actions total_calls_actions total_directions_actions total_food_orders_actions
    total_website_clicks_actions spend cost cost_micros
    conversions all_conversions conversions_value all_conversions_value video_conversions conversion_add_to_cart
    conversion_begin_checkout conversion_purchase conversion_sign_up externalWebsiteConversions
    externalWebsitePostClickConversions externalWebsitePostViewConversions viralExternalWebsiteConversions
    conversionValueInLocalCurrency quantity_added_to_cart quantity_checked_out transactions_count
    ecommerce_purchase_amount total_revenue ecommerce_purchase_revenue gross_ecommerce_purchase_revenue
    total_advertising_revenue revenue_brl revenue_usd final_revenue_brl final_revenue_usd
    follows unfollows new_followers_count new_contacts oneClickLeads created_deals won_deals won_deals_value
    sent_emails delivered_emails bounces hard_bounces soft_bounces complaints unsubscribes
    conversion_book_appointment conversion_contact conversion_converted_lead conversion_download
    conversion_engagement conversion_get_directions conversion_outbound_click conversion_phone_call_lead
    conversion_qualified_lead conversion_request_quote conversion_store_sale conversion_store_visit
    conversion_submit_lead_form conversion_subscribe_paid documentCompletions documentFirstQuartileCompletions
    documentMidpointCompletions documentThirdQuartileCompletions jobApplications jobApplyClicks
    leadGenerationMailContactInfoShares leadGenerationMailInterestedClicks oneClickLeadFormOpens
    postClickJobApplications postClickJobApplyClicks postClickRegistrations postViewJobApplications
    postViewJobApplyClicks postViewRegistrations registrations viralExternalWebsitePostClickConversions
    viralExternalWebsitePostViewConversions viralFollows viralJobApplications viralJobApplyClicks
    viralRegistrations viralTotalEngagements sends event_value
    canceled_brl canceled_usd canceled_sales_count chargeback_brl chargeback_usd chargeback_count
    refunded_brl refunded_usd refunded_chargeback_brl refunded_chargeback_usd refunded_sales_count
    final_sales_amount total_refunded_sales_count
    completed_activities completed_meetings completed_tasks lost_deals lost_deals_value lost_deals_values_brl
    lost_deals_values_usd won_deals_values_brl won_deals_values_usd
    rdstation_experiment_emails_sent rdstation_experiment_total_of_delivered
    rdstation_experiment_total_of_dropped rdstation_experiment_marked_as_spam
    total_won_deals total_lost_deals page_messages_new page_messages_reported abandoned_carts talentLeads
    opportunities_conversions
"""
ADDITIVE = frozenset(_NAMES.split())
"""Names, as `directions` spells them, of the metrics that add up."""


def is_additive(metric: Metric) -> bool:
    """Return whether a metric adds up: by the author's key, else the table; never with a range of its own."""
    if metric.own_range():
        return False
    if metric.additive is not None:
        return metric.additive
    return name_in_table(metric.reference_key) in ADDITIVE


def adds_up(metric: Metric, field: str) -> bool:
    """Return whether the values of a field add up over the labels of a chart: by the author's key, else the table."""
    if metric.own_range():
        return False
    name = name_in_table(field).rpartition(".")[2]  # `metrics.clicks` of Google Ads is clicks
    return name in ADDITIVE if metric.additive is None else metric.additive
