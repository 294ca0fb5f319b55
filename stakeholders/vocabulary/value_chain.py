"""Where in the company's value chain a harm began, and who is tied to the company."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ValueChainStage(models.TextChoices):
    """The stage of the value chain where a harm began."""

    RAW_MATERIALS = "raw_materials", _("Raw materials")
    COMPONENT_MANUFACTURE = "component_manufacture", _("Component manufacture")
    ASSEMBLY = "assembly", _("Assembly")
    LOGISTICS = "logistics", _("Logistics")
    RECRUITMENT_LABOUR_SUPPLY = "recruitment_labour_supply", _("Recruitment and labour supply")
    RESEARCH_DATA_COLLECTION = "research_data_collection", _("Research and data collection")
    DATA_LABELLING = "data_labelling", _("Data labelling")
    DESIGN_PRODUCT_DEVELOPMENT = "design_product_development", _("Design and development")
    TRAINING_MODEL_BUILDING = "training_model_building", _("Training and model building")
    TESTING_PILOT = "testing_pilot", _("Testing and pilots")
    MARKETING_SALES = "marketing_sales", _("Marketing and sales")
    SALE_EXPORT = "sale_export", _("Sale, supply or export")
    DEPLOYMENT_INTEGRATION = "deployment_integration", _("Deployment and integration")
    CUSTOMER_USE = "customer_use", _("Use by a customer")
    END_USE_PLATFORM_CONTENT = "end_use_platform_content", _("End use and platform content")
    CONTENT_MODERATION_OUTSOURCED = "content_moderation_outsourced", _("Outsourced moderation")
    DATA_SHARING_THIRD_PARTY = "data_sharing_third_party", _("Data sharing with third parties")
    OWN_OPERATIONS_WORKPLACE = "own_operations_workplace", _("Own operations and workplace")
    INVESTMENT_FINANCE = "investment_finance", _("Investment and finance")
    MERGER_ACQUISITION = "merger_acquisition", _("Merger or acquisition")
    EXIT_DIVESTMENT = "exit_divestment", _("Exit or divestment")
    END_OF_LIFE_EWASTE = "end_of_life_ewaste", _("End of life and e-waste")
    PUBLIC_POLICY_LOBBYING = "public_policy_lobbying", _("Public policy and lobbying")
    UNKNOWN = "unknown", _("Not known")


class RelationshipType(models.TextChoices):
    """How another organisation is tied to the company."""

    OWN_ENTITY = "own_entity", _("Own entity")
    SUBSIDIARY_CONTROLLED = "subsidiary_controlled", _("Controlled subsidiary")
    JOINT_VENTURE = "joint_venture", _("Joint venture")
    SUPPLIER_TIER1 = "supplier_tier1", _("Direct supplier")
    SUPPLIER_TIER2PLUS = "supplier_tier2plus", _("Supplier further up")
    OUTSOURCED_SERVICE_PROVIDER = "outsourced_service_provider", _("Service contractor")
    LABOUR_AGENT = "labour_agent", _("Labour agent")
    DISTRIBUTOR_RESELLER = "distributor_reseller", _("Distributor or reseller")
    BUSINESS_CUSTOMER = "business_customer", _("Business customer")
    GOVERNMENT_CUSTOMER = "government_customer", _("Government customer")
    PLATFORM_USER = "platform_user", _("Platform user")
    DEVELOPER_THIRD_PARTY = "developer_third_party", _("Third-party developer")
    DATA_BROKER_AD_PARTNER = "data_broker_ad_partner", _("Data or advertising partner")
    INVESTOR = "investor", _("Investor")
    INVESTEE = "investee", _("Investee")
    LICENSEE_FRANCHISEE = "licensee_franchisee", _("Licensee or franchisee")
    TRADE_ASSOCIATION = "trade_association", _("Trade association")
    NONE_OR_UNKNOWN = "none_or_unknown", _("None or not known")


class OwnMechanismStatus(models.TextChoices):
    """What is known of a partner's own grievance mechanism."""

    NONE = "none", _("None")
    EXISTS_UNTESTED = "exists_untested", _("Exists, untested")
    TRUSTED = "trusted", _("Trusted")
    NOT_TRUSTED = "not_trusted", _("Not trusted")
