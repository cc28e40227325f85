"""The additive metrics: over time, where days add up to their period, and over parts, where slices make a whole.

Decided for the keys of the vendor's 16 public payload catalogues, in the spelling of `directions`. A unique count
(`reach`, users, unique clicks) counts a person once however many days or campaigns they came by, and adds up in neither
way; a stock (followers, contacts) is the value of the last day, and adds up over parts alone; a rate is a quotient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from reportgen.components.directions import name_in_table
from reportgen.model import RATES

if TYPE_CHECKING:
    from reportgen.components.metric import Metric
    from reportgen.model import OverTime, Unit

Over: TypeAlias = Literal["time", "parts", "accounts"]

# Traps, left out on purpose:
# - sessions of an analytics account are counted anew in every channel and on every page, and do not add up over rows;
#   each has a single device;
# - a person may come by phone and by computer, and is one person: users do not add up over devices;
# - the opens and clicks of mail tools are unique where the tool does not say "total";
# - count_ads and count_campaigns ask for `metrics.cost_micros` and count what ran, not what was paid.
_OVER_BOTH = """
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
    net_sales gross_sales items_sold
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

ADDITIVE = frozenset(_OVER_BOTH.split())
"""Names, as `directions` spells them, of the metrics that add up over time and over parts."""

# Stocks, figures of posts that may be dated by the post, and of pages; then charts whose slices exclude one another.
_OVER_PARTS = """
    followers followers_count current_followers_count page_follows contacts total_contacts total_subscriptions
    total_entries total_leads archived_leads total_deals total_deals_value deals_values_brl deals_values_usd
    total_activities total_calls total_complete_calls total_meetings total_tasks total_pins total_period_pins
    total_boards count_ads count_campaigns media_count reels_count stories_count video_count page_posts_count
    page_reels_count
    interactions engagement engagements media_engagement media_saved media_saved_insights like_count_insights
    comments_count_insights reels_like_count reels_like_count_insights reels_comments_count
    reels_comments_count_insights reels_saved reels_saved_insights reels_plays reels_shares reels_shares_insights
    reels_interactions blue_reels_play_count post_shares_count post_shares_count_insights post_follows_count
    post_total_interactions_count stories_shares stories_follows stories_total_interactions stories_swipe_forward
    taps_forward taps_back exits page_post_engagements
    entrances_landing_pages exits_landing_pages rawViews_landing_pages submissions_landing_pages
    ctaViews_landing_pages rawViews_blogs rawViews_sites
    impression sales_count search_maps_views search_types_searches
    followers_gender gender sessions_by_device sessions_by_device_chart contacts_type_chart
"""
PARTS_ALONE = frozenset(_OVER_PARTS.split())
"""Names of the metrics that add up over parts alone, and of charts whose slices make a whole."""

ACCOUNTS_ALONE = frozenset({"all_sessions", "engaged_sessions", "sessions"})
"""Names of the metrics that add up over accounts alone: several channels count a session, and a single website."""

_QUOTIENTS = """
    opens_rate clicks_rate bounces_rate average_deals_values_brl average_deals_values_usd
    average_won_deals_values_brl average_won_deals_values_usd average_lost_deals_values_brl
    average_lost_deals_values_usd average_entries email_openings_rate unique_email_openings_rate unique_clicks_rate
    hard_bounces_rate complaints_rate email_unsubscriptions_rate page_post_rate_engagements
    post_video_avg_time_watched ctr cost_per_all_conversions cost_per_conversion average_cpm average_cpc average_cpv
    conversions_from_interactions_rate roas all_conversions_value_per_cost conversions_value_per_cost
    video_view_rate video_conversions_rate video_ctr interaction_rate top_impression_percentage engagement_rate cpe
    absolute_top_impression_percentage ptr conversion_rate average_purchase_revenue average_engagement_time
    average_engagement_time_per_sessions average_revenue_per_paying_user average_revenue_per_user cart_to_view_rate
    bounce_rate return_on_ad_spend unsubscribedratio_emails spamreportratio_emails hardbounceratio_emails
    openratio_emails deliveredratio_emails clickratio_emails clickthroughratio_emails pageBounceRate_landing_pages
    timePerPageview_landing_pages exitsPerPageview_landing_pages sentRate_landing_pages pageBounceRate_blogs
    new_sessions_rate_sites time_per_session_sites bounce_rate_sites stories_reach_average
    stories_impressions_average replies_average taps_forward_average taps_back_average exits_average retention
    stories_follows_average stories_profile_activity_average stories_profile_visits_average stories_shares_average
    stories_total_interactions_average stories_swipe_forward_average post_engagement_rate reels_engagement_rate
    conversionsRate costPerLead costPerConversion averageCtr averageCpc averageCpm costPerView viewRate opensRate
    clicksPerOpensRate costPerSends costPerOpenMessage average_duration_deals average_won_deals_value
    rdstation_experiment_opening_rate rdstation_experiment_clicks_rate rdstation_experiment_delivered_rate
    rdstation_experiment_bounces_rate rdstation_experiment_spam_rate rdstation_experiment_unsubscribe_rate position
    cpc pageview_session sessions_to_transaction
"""
QUOTIENTS = frozenset(_QUOTIENTS.split())
"""Names of the metrics that are quotients, which any period has: rates, costs of a result, averages."""


def over_time(metric: Metric, unit: Unit) -> OverTime:
    """Return how a number of several days follows from its days: by the author's key, else the tables."""
    name = name_in_table(metric.reference_key)
    if is_additive(metric):
        return "sum"
    return "quotient" if name in QUOTIENTS or unit.name in RATES else "other"


def is_additive(metric: Metric) -> bool:
    """Return whether the days of a metric add up to its period; never with a range of its own."""
    if metric.own_range():
        return False
    written = None if metric.additive is None else metric.additive.time
    return _is_counted(metric.reference_key) if written is None else written


def _is_counted(name: str) -> bool:
    """Return whether a metric or field adds up over everything.

    Meta's ads API counts an action, `actions:omni_purchase`, each time; people are its `unique_actions`.
    """
    return name_in_table(name) in ADDITIVE or name.rpartition("fb_ads:")[2].startswith(("actions:", "actions_"))


def adds_up(metric: Metric, field: str, over: Over = "parts") -> bool:
    """Return whether the values of a field add up over days or over parts of a whole.

    Args:
        metric: Its block, whose `additive` goes before the tables, and that of its field before both.
        field: The API's name of the field, or the reference key of a number.
        over: Whether the values are those of days, of parts, or of several accounts.
    """
    if metric.own_range() and over == "time":
        return False
    own = metric.fields[field].additive if field in metric.fields else None
    for written in filter(None, (own, metric.additive)):
        words = (written.accounts, written.parts) if over == "accounts" else (getattr(written, over),)
        if (word := next((word for word in words if word is not None), None)) is not None:
            return bool(word)
    name = name_in_table(field).rpartition(".")[2]  # `metrics.clicks` of Google Ads is clicks
    is_counted = name in ADDITIVE or _is_counted(field)
    if is_counted or over == "time":
        return is_counted
    known = PARTS_ALONE | ACCOUNTS_ALONE if over == "accounts" else PARTS_ALONE
    return not known.isdisjoint({name, name_in_table(metric.reference_key)})
