"""The direction of metrics, whether a rise or a fall is good, where neither spec nor payload gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.model import Direction

# Decided by hand: every number key of the vendor's public payload catalogues, the charts among them that name a
# cost, losses or a position, and a few keys that dashboards use beside them. A name is a reference key without its
# prefix (`gads:ctr` is `ctr`), means the same in every integration, and is matched whole: a part of a name misleads.
# The traps, each decided below:
# - conversions_value_per_cost, all_conversions_value_per_cost and return_on_ad_spend name what is paid, but a rise
#   is good;
# - cost_per_device is no cost per result but the spend, split by device;
# - count_campaigns and count_ads ask the API for `metrics.cost_micros` and are counts;
# - exits_landing_pages grows with the visits, every one of which ends on some page; exitsPerPageview does not.
CURATED: tuple[tuple[Direction, str], ...] = (
    # What a result costs.
    (
        "down_is_good",
        """
        cpa cpc cpe cpl cpm average_cpc average_cpm average_cpv averageCpc averageCpm cost_per_conversion
        cost_per_all_conversions costPerConversion costPerLead costPerOpenMessage costPerSends costPerView
        """,
    ),
    # Who did not get it, did not want it, or left.
    (
        "down_is_good",
        """
        bounces bounces_rate hard_bounces hard_bounces_rate soft_bounces hardbounced_emails hardbounceratio_emails
        bounce_rate bounce_rate_sites pageBounceRate_blogs pageBounceRate_landing_pages
        rdstation_experiment_unique_bounces rdstation_experiment_bounces_rate rdstation_experiment_total_of_dropped
        unsubscribes total_unsubscriptions email_unsubscriptions email_unsubscriptions_rate unsubscribed_emails
        unsubscribedratio_emails rdstation_experiment_total_unsubscribe rdstation_experiment_unsubscribe_rate
        complaints complaints_rate spamreport_emails spamreportratio_emails rdstation_experiment_marked_as_spam
        rdstation_experiment_spam_rate page_messages_reported
        unfollows exits exits_average exitsPerPageview_landing_pages
        """,
    ),
    # Sales that were lost or taken back, and the place in the results, of which 1 is the best.
    (
        "down_is_good",
        """
        abandoned_carts lost_deals lost_deals_value lost_deals_values_brl lost_deals_values_usd total_lost_deals
        average_lost_deals_values_brl average_lost_deals_values_usd
        canceled_brl canceled_usd canceled_sales_count chargeback_brl chargeback_usd chargeback_count
        refunded_brl refunded_usd refunded_chargeback_brl refunded_chargeback_usd refunded_sales_count
        total_refunded_sales_count position
        """,
    ),
    # Spend and the work of the agency itself.
    (
        "neutral",
        """
        spend cost cost_micros cost_per_device count_campaigns count_ads send sends sent_emails
        rdstation_experiment_email_count rdstation_experiment_emails_sent rdstation_experiment_lead_total
        media_count reels_count stories_count video_count page_posts_count page_reels_count total_pins
        total_period_pins total_boards total_activities total_calls total_meetings total_tasks
        """,
    ),
    # Good news to one reader and bad news to another, or several metrics in one chart.
    (
        "neutral",
        """
        archived_leads average_duration_deals average_entries total_entries received_emails sessions_to_transaction
        exits_landing_pages new_sessions_rate_sites sentRate_landing_pages taps_back taps_back_average taps_forward
        taps_forward_average stories_swipe_forward stories_swipe_forward_average
        cost_average_cpc_per_day ctr_and_position_over_time deals_won_and_lost video_cost_by_time
        """,
    ),
    # Who saw it.
    (
        "up_is_good",
        """
        reach total_reach paid_reach organic_reach follower_reach non_follower_reach media_reach post_reach reels_reach
        reels_reach_total stories_reach stories_reach_average stories_reach_total page_reach page_post_organic_reach
        page_impressions_organic_unique page_posts_impressions_unique post_impressions_unique approximateMemberReach
        impressions media_impressions stories_impressions stories_impressions_average page_impressions
        page_organic_impressions page_posts_impressions page_post_organic_impressions video_impressions cardImpressions
        headlineImpressions viralCardImpressions viralImpressions top_impression_percentage
        absolute_top_impression_percentage
        views total_views total_search_views total_map_views profile_views total_video_views paid_video_views
        organic_video_views video_views video_view_rate videoViews videoStarts viralVideoViews viewRate fullScreenPlays
        viralFullScreenPlays videoCompletions videoFirstQuartileCompletions videoMidpointCompletions
        videoThirdQuartileCompletions documentCompletions documentFirstQuartileCompletions
        documentMidpointCompletions documentThirdQuartileCompletions blue_reels_play_count reels_plays retention
        post_video_avg_time_watched post_video_view_time
        """,
    ),
    # Who took part, and who follows.
    (
        "up_is_good",
        """
        likes like_count like_count_insights reels_like_count reels_like_count_insights net_likes commentLikes
        viralLikes viralCommentLikes post_video_likes_by_reaction_type page_posts_all_reactions reactions viralReactions
        comments comments_count comments_count_insights reels_comments_count reels_comments_count_insights
        viralComments page_posts_comments post_video_social_actions_comments replies replies_average retweets
        share shares page_posts_shares post_shares_count post_shares_count_insights reels_shares reels_shares_insights
        stories_shares stories_shares_average viralShares post_video_social_actions_shares
        saved media_saved media_saved_insights reels_saved reels_saved_insights
        engagement engagements engagement_rate interactions interaction_rate media_engagement page_post_engagements
        page_post_rate_engagements post_engagement_rate reels_engagement_rate reels_interactions
        post_total_interactions_count stories_total_interactions stories_total_interactions_average total_engagements
        viralTotalEngagements post_profile_activity_count post_profile_visits_count stories_profile_activity
        stories_profile_activity_average stories_profile_visits stories_profile_visits_average page_messages_new
        follows followers_count current_followers_count new_followers_count page_follows post_follows_count
        stories_follows stories_follows_average viralFollows
        """,
    ),
    # Who clicked, called or wrote, and what reached and was opened.
    (
        "up_is_good",
        """
        clicks clicks_rate ctr averageCtr unique_clicks unique_clicks_rate total_clicks app_clicks url_clicks
        video_clicks video_ctr click_emails clickratio_emails clickthroughratio_emails clicksPerOpensRate
        rdstation_experiment_total_unique_clicks rdstation_experiment_clicks_rate actionClicks adUnitClicks cardClicks
        companyPageClicks downloadClicks headlineClicks landingPageClicks textUrlClicks viralCardClicks viralClicks
        viralCompanyPageClicks viralDownloadClicks viralLandingPageClicks ctaViews_landing_pages
        delivered_emails deliveredratio_emails rdstation_experiment_total_of_delivered
        rdstation_experiment_delivered_rate opens opens_rate opensRate open_emails openratio_emails
        total_email_openings email_openings_rate unique_email_openings unique_email_openings_rate
        rdstation_experiment_total_unique_openings rdstation_experiment_opening_rate
        phone_calls ptr total_actions total_bookings_actions total_calls_actions total_directions_actions
        total_food_orders_actions total_website_clicks_actions
        """,
    ),
    # Who came, and how long they stayed.
    (
        "up_is_good",
        """
        all_sessions all_users total_users new_users all_pageviews pageview_session event_count event_value
        engaged_sessions average_engagement_time average_engagement_time_per_sessions entrances_landing_pages
        rawViews_landing_pages rawViews_blogs rawViews_sites timePerPageview_landing_pages time_per_session_sites
        page_sessions_views_sites new_visitors_sites rdstation_experiment_visitors_count
        """,
    ),
    # Contacts, leads and deals.
    (
        "up_is_good",
        """
        total_contacts new_contacts total_subscriptions contacts_landing_pages submissions_landing_pages
        new_contacts_sites conversions_contact_sites customers_sites conversions_customers_sites
        rdstation_experiment_contacts_count rdstation_experiment_qualified_contacts_count
        rdstation_experiment_opportunities_count rdstation_experiment_sales_count
        leads_converted qualified_leads_conversions opportunities_conversions clients_conversions total_leads
        oneClickLeads oneClickLeadFormOpens talentLeads leadGenerationMailContactInfoShares
        leadGenerationMailInterestedClicks jobApplications jobApplyClicks postClickJobApplications
        postClickJobApplyClicks postViewJobApplications postViewJobApplyClicks viralJobApplications viralJobApplyClicks
        registrations postClickRegistrations postViewRegistrations viralRegistrations
        created_deals total_deals total_deals_value deals_values_brl deals_values_usd average_deals_values_brl
        average_deals_values_usd won_deals won_deals_value won_deals_values_brl won_deals_values_usd total_won_deals
        average_won_deals_value average_won_deals_values_brl average_won_deals_values_usd
        completed_activities completed_meetings completed_tasks total_complete_calls
        """,
    ),
    # Conversions and what they earn.
    (
        "up_is_good",
        """
        conversions all_conversions conversions_count conversion_rate conversionsRate conversions_from_interactions_rate
        video_conversions video_conversions_rate externalWebsiteConversions externalWebsitePostClickConversions
        externalWebsitePostViewConversions viralExternalWebsiteConversions viralExternalWebsitePostClickConversions
        viralExternalWebsitePostViewConversions conversions_page_views conversion_add_to_cart conversion_begin_checkout
        conversion_book_appointment conversion_contact conversion_converted_lead conversion_download
        conversion_engagement conversion_get_directions conversion_outbound_click conversion_phone_call_lead
        conversion_purchase conversion_qualified_lead conversion_request_quote conversion_sign_up
        conversion_store_sale conversion_store_visit conversion_submit_lead_form conversion_subscribe_paid
        view_product quantity_added_to_cart quantity_checked_out cart_to_view_rate transactions_count
        first_time_purchasers total_purchasers ecommerce_purchase_amount complete_count final_sales_amount
        conversions_value all_conversions_value conversionValueInLocalCurrency conversions_value_per_cost
        all_conversions_value_per_cost roas return_on_ad_spend total_revenue total_advertising_revenue
        ecommerce_purchase_revenue gross_ecommerce_purchase_revenue average_purchase_revenue net_sales gross_sales
        items_sold
        average_revenue_per_paying_user average_revenue_per_user revenue_brl revenue_usd final_revenue_brl
        final_revenue_usd
        """,
    ),
)
_BY_NAME = {name: direction for direction, names in CURATED for name in names.split()}


def name_in_table(reference_key: str) -> str:
    """Return the name of a metric in `CURATED`: its reference key without the prefix."""
    return reference_key.partition(":")[2] or reference_key


def curated_direction(reference_key: str) -> Direction:
    """Return the direction of a metric in the table; neutral where the table lacks it, never a guess."""
    return _BY_NAME.get(name_in_table(reference_key), "neutral")
