"""The 32 core capabilities that a review may rate (HSEEP; National Preparedness Goal, 2015)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Capability(models.TextChoices):
    """What an agency, or several together, must be able to do."""

    PLANNING = "PLN", _("Planning")
    PUBLIC_WARNING = "PIW", _("Public information and warning")
    COORDINATION = "OPC", _("Operational coordination")
    FORENSICS = "FOR", _("Forensics and attribution")
    INTELLIGENCE = "IIS", _("Intelligence and information sharing")
    INTERDICTION = "IND", _("Interdiction and disruption")
    SCREENING = "SSD", _("Screening, search and detection")
    ACCESS_CONTROL = "ACI", _("Access control and identity verification")
    CYBERSECURITY = "CYB", _("Cybersecurity")
    PROTECTION = "PPM", _("Physical protective measures")
    RISK = "RMP", _("Risk management for protection")
    SUPPLY_CHAIN = "SCI", _("Supply chain integrity and security")
    RESILIENCE = "COM", _("Community resilience")
    VULNERABILITY = "LVR", _("Long-term vulnerability reduction")
    RISK_ASSESSMENT = "RDA", _("Risk and disaster resilience assessment")
    THREATS = "THI", _("Threats and hazards identification")
    TRANSPORT = "CTR", _("Critical transportation")
    ENVIRONMENT = "ERH", _("Environmental response, health and safety")
    FATALITIES = "FMS", _("Fatality management services")
    FIRE = "FIR", _("Fire management and suppression")
    INFRASTRUCTURE = "INF", _("Infrastructure systems")
    LOGISTICS = "LSM", _("Logistics and supply chain management")
    MASS_CARE = "MCS", _("Mass care services")
    SEARCH_RESCUE = "MSR", _("Mass search and rescue")
    ON_SCENE = "OSL", _("On-scene security, protection and law enforcement")
    COMMUNICATIONS = "OPM", _("Operational communications")
    MEDICAL = "PHM", _("Public health, healthcare and emergency medical services")
    SITUATION = "SIT", _("Situational assessment")
    ECONOMY = "ECR", _("Economic recovery")
    SOCIAL = "HSS", _("Health and social services")
    HOUSING = "HOU", _("Housing")
    HERITAGE = "NCR", _("Natural and cultural resources")
