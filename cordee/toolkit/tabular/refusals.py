"""Why a file cannot be taken in, each with what to do about it."""

from django.utils.translation import gettext_lazy as _

from cordee.toolkit.refusals import Unreadable


class EmptyFile(Unreadable):
    sentence = _("Ce fichier est vide. Choisissez-en un autre.")


class NotATable(Unreadable):
    sentence = _("Ce fichier n’est pas un tableau. Choisissez un fichier XLSX, XLS, ODS ou CSV.")


class WebPage(Unreadable):
    sentence = _("Ce fichier est une page Web, pas un tableau. Ouvrez-le dans Excel et enregistrez-le en XLSX.")


class Damaged(Unreadable):
    sentence = _("Ce fichier est endommagé : il ne s’ouvre pas. Enregistrez-le de nouveau dans Excel, puis réessayez.")


class Illegible(Unreadable):
    sentence = _("Ce fichier contient un caractère illisible (« � » ou nul). Corrigez la cellule, puis réessayez.")


class PasswordProtected(Unreadable):
    sentence = _("Ce fichier est protégé par un mot de passe. Retirez-le dans Excel, enregistrez, puis réessayez.")


class TooBig(Unreadable):
    sentence = _("Ce fichier dépasse 10 Mo. Gardez seulement les feuilles de présences, puis réessayez.")


class TooHeavy(Unreadable):
    sentence = _("Ce fichier devient trop lourd une fois ouvert. Copiez les lignes utiles dans un classeur neuf.")


class TooManyRows(Unreadable):
    sentence = _("Ce fichier dépasse 20 000 lignes. Coupez-le en plusieurs fichiers, puis réessayez.")


class TooManyColumns(Unreadable):
    sentence = _("Ce fichier dépasse 200 colonnes. Gardez seulement les colonnes utiles, puis réessayez.")
