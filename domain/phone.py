"""Numbers as they are dialled (S2-38)."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from domain.provinces import province_of

_HOME = "CN"


def dialled(phone: str, shop_region: str) -> str:
    """The digits that a shop dials for a buyer's number.

    A mobile number of another province gets a 0 in front (S2-38), if both provinces are known. A number that cannot
    be read, one with an extension or with digits hidden, is given back as it is.
    """
    try:
        number = phonenumbers.parse(phone, _HOME)
    except NumberParseException:
        return phone
    if number.extension or not phonenumbers.is_valid_number(number):
        return phone
    digits = phonenumbers.normalize_digits_only(phonenumbers.format_out_of_country_calling_number(number, _HOME))
    if phonenumbers.number_type(number) != PhoneNumberType.MOBILE:
        return digits
    from phonenumbers import geocoder  # the places of all numbers, which take half a second to load

    theirs, ours = province_of(geocoder.description_for_number(number, "zh")), province_of(shop_region)
    return f"0{digits}" if theirs and ours and theirs != ours else digits
