//! Cities, street addresses and telephone numbers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lists::{cells, lines, sums};
use crate::random::Random;

struct Country {
    name: &'static str,
    phone: &'static str,
    mobile: &'static str,
    streets: Vec<&'static str>,
}

/// A city with what an address and a telephone number there look like.
pub(crate) struct Place {
    pub city: &'static str,
    pub region: &'static str,
    postal: &'static str,
    area: &'static str,
    country: usize,
}

struct Places {
    places: Vec<Place>,
    sums: Vec<u64>,
    countries: Vec<Country>,
    mobile_areas: Vec<&'static str>,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let countries: Vec<Country> = lines(include_str!("../data/countries.txt"))
        .map(|line| {
            let [name, phone, mobile, streets] = cells(line);
            Country { name, phone, mobile, streets: streets.split(';').collect() }
        })
        .collect();
    let number: BTreeMap<&str, usize> = countries.iter().enumerate().map(|(at, country)| (country.name, at)).collect();
    let rows: Vec<[&'static str; 6]> = lines(include_str!("../data/places.txt")).map(cells).collect();
    Places {
        sums: sums(rows.iter().map(|row| row[0].parse().unwrap_or(0))),
        places: rows
            .iter()
            .map(|[_, city, region, country, postal, area]| Place {
                city,
                region,
                postal,
                area,
                country: number[country],
            })
            .collect(),
        countries,
        mobile_areas: lines(include_str!("../data/area_codes.txt")).flat_map(|line| line.split(", ")).collect(),
    }
});

impl Place {
    /// A city, large ones more often.
    pub fn draw(random: &mut Random) -> &'static Self {
        &PLACES.places[random.by_sums(&PLACES.sums)]
    }

    pub fn country(&self) -> &'static str {
        PLACES.countries[self.country].name
    }

    pub fn street(&self, random: &mut Random) -> String {
        let pattern = random.pick(&PLACES.countries[self.country].streets);
        let number = match random.below(3) {
            0 => random.below(99),
            1 => random.below(899) + 100,
            _ => random.below(9) * 100 + 100,
        } + 1;
        fill(random, pattern).replace("{n}", &number.to_string())
    }

    /// Blank where the country has no postal codes.
    pub fn postal_code(&self, random: &mut Random) -> String {
        fill(random, self.postal)
    }

    /// A land line; blank where no range of numbers is set aside for fiction.
    pub fn phone(&self, random: &mut Random) -> String {
        fill(random, &PLACES.countries[self.country].phone.replace("AREA", self.area))
    }

    /// A mobile number; blank where no range of numbers is set aside for fiction.
    pub fn mobile(&self, random: &mut Random) -> String {
        let area = random.pick(&PLACES.mobile_areas);
        fill(random, &PLACES.countries[self.country].mobile.replace("AREA", area))
    }
}

/// Puts a digit for each `#` and a capital letter for each `@`.
fn fill(random: &mut Random, pattern: &str) -> String {
    pattern
        .chars()
        .map(|sign| match sign {
            '#' => char::from(b'0' + random.below(10) as u8),
            '@' => char::from(b'A' + random.below(26) as u8),
            sign => sign,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_from_ranges_set_aside_for_fiction() {
        let random = &mut Random::of(3, crate::random::Stream::Place, 0);
        for place in &PLACES.places {
            for number in [place.phone(random), place.mobile(random)] {
                let fiction = ["-555-01", "7946 0", " 496 0", "7700 900", "23125", "99998", "90009", "1 99 00"];
                let fiction = fiction.iter().chain(&["4 65 71", "6 39 98", "5550", " 20 91", "465 004", "174 06"]);
                assert!(number.is_empty() || fiction.clone().any(|range| number.contains(range)), "{number}");
                assert!(!number.contains("AREA") && !number.contains('#'), "{number}");
            }
        }
    }

    #[test]
    fn street_numbers_keep_the_streets_name() {
        let random = &mut Random::of(3, crate::random::Stream::Place, 1);
        let place = PLACES.places.iter().find(|place| place.city == "Nairobi").expect("a listed city");
        let street = place.street(random);
        assert!(street.ends_with("Moi Avenue") && street.starts_with(|first: char| first.is_ascii_digit()), "{street}");
    }
}
