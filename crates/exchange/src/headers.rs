//! Header rows: their names, and what they mean in several languages.

use unicode_normalization::UnicodeNormalization;

use liaison_values::content::is_email;
use liaison_writers::numbered_header;

/// The headers of a file. A column without one is called by its number.
#[derive(Debug, Default)]
pub(crate) struct Headers {
    names: Vec<String>,
}

impl Headers {
    pub(crate) fn new(names: impl IntoIterator<Item = String>) -> Self {
        let named = |(index, name): (usize, String)| match name.trim() {
            "" => numbered_header(index),
            _ => name,
        };
        Self { names: names.into_iter().enumerate().map(named).collect() }
    }

    /// The headers of a file that has none.
    pub(crate) fn numbered(count: usize) -> Self {
        Self { names: (0..count).map(numbered_header).collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The header of a column, for a message about it.
    pub(crate) fn name(&self, column: usize) -> String {
        let name = self.names.get(column).map(|name| name.trim().chars().take(80).collect());
        name.unwrap_or_else(|| numbered_header(column))
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }
}

/// Whether the first row of a file is a person already: no header is an e-mail address.
pub(crate) fn is_data_row<'a>(mut cells: impl Iterator<Item = &'a str>) -> bool {
    cells.any(is_email)
}

/// A header reduced to what counts for comparing: letters and digits, in lower case, without accents.
pub(crate) fn normalise(header: &str) -> String {
    header
        .nfkd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ß' { 's' } else { c })
        .collect()
}

/// Headers that name a field plainly: normalised as by [`normalise`], in one string with spaces between them.
pub(crate) const PLAIN: &[(&str, &str)] = &[
    ("name_prefix", "nameprefix salutation honorific honorificprefix anrede civilite tratamiento courtesytitle"),
    (
        "first_name",
        "firstname first fname givenname given forename forenames vorname prenom prenoms primernombre \
         nombredepila voornaam nome contactfirstname firstgivenname",
    ),
    ("middle_name", "middlename middle middleinitial mi additionalname zweitername deuxiemeprenom segundonombre"),
    (
        "last_name",
        "lastname last lname surname familyname family nachname familienname nomdefamille apellido apellidos \
         primerapellido achternaam cognome contactlastname",
    ),
    ("name_suffix", "namesuffix suffix honorificsuffix namenszusatz suffixe sufijo"),
    (
        "preferred_name",
        "preferredname preferredfirstname nickname knownas goesby rufname spitzname surnom apodo chosenname",
    ),
    ("pronouns", "pronouns pronoun genderpronouns pronomen pronoms pronombres"),
    (
        "email",
        "adressedemessagerie \
         email emailaddress emailid mail mailaddress emailaddress1 email1 primaryemail primaryemailaddress \
         workemail businessemail contactemail emails e1 emailadresse mailadresse email1value email1address \
         adresseemail adresseelectronique courriel adressemail correo correoelectronico direcciondecorreo \
         direcciondecorreoelectronico emailwork emailprofessionnel geschaftlicheemail emailgeschaftlich",
    ),
    (
        "email_2",
        "emailadresse2 adressedemessagerie2 \
         email2 emailaddress2 secondaryemail secondaryemailaddress alternateemail alternativeemail otheremail \
         personalemail privateemail emailhome email2address email2value zweiteemail emailprivat \
         emailpersonnel correo2 secondemail",
    ),
    (
        "email_3",
        "emailadresse3 adressedemessagerie3 \
         email3 emailaddress3 tertiaryemail email3address email3value thirdemail",
    ),
    (
        "title",
        "jobtitle position positiontitle contacttitle worktitle organizationtitle organization1title function \
         funktion stelle stellenbezeichnung berufsbezeichnung poste fonction intituleduposte cargo puesto \
         jobrole occupation beruf berufstitel",
    ),
    (
        "department",
        "department dept division organizationdepartment organization1department abteilung departement \
         departamento departmentname businessunit team service",
    ),
    (
        "employer",
        "organizacion associatedcompany \
         employer employername company companyname organization organisation organizationname \
         organisationname organization1name org orgname account accountname business businessname firma \
         firmenname unternehmen arbeitgeber entreprise societe employeur nomdelentreprise raisonsociale \
         empresa compania empleador nombredelaempresa azienda bedrijf hiringorganization",
    ),
    (
        "work_phone",
        "telefonodeltrabajo \
         workphone workphonenumber workphone1 businessphone businessphone1 businesstelephone officephone \
         officephonenumber companyphone phonework telwork telephonework telefongeschaftlich geschaftlich \
         diensttelefon telefondienstlich telephonebureau telephoneprofessionnel telefonotrabajo \
         telefonodetrabajo telefonooficina directphone directline directdial deskphone",
    ),
    (
        "mobile_phone",
        "telmobile \
         mobilephone mobile mobilenumber mobilephonenumber cell cellphone cellphonenumber cellnumber cellular \
         phonemobile handy handynummer mobil mobiltelefon mobilnummer portable telephoneportable \
         telephonemobile movil celular telefonomovil telefonocelular gsm",
    ),
    (
        "home_phone",
        "homephone homephonenumber homephone1 hometelephone phonehome telefonprivat privattelefon \
         telephonedomicile telephonepersonnel telefonocasa telefonoparticular",
    ),
    (
        "other_phone",
        "otherphone phone2 alternatephone secondaryphone alternativephone telephone2 telefon2 telefono2 \
         phoneother mainphone companymainphone primaryphone2",
    ),
    ("fax", "fax faxnumber businessfax workfax officefax faxgeschaftlich telefax telecopie faxphone numerodefax"),
    (
        "street",
        "strasegeschaftlich ruebureau calledeltrabajo \
         street streetaddress street1 address1 addressline1 addressstreet businessstreet workstreet \
         workaddress mailingstreet mailingaddress strasse strase straseundhausnummer strassehausnummer rue \
         calle adresse1 direccion1 businessaddress officeaddress address1street",
    ),
    (
        "city",
        "ortgeschaftlich villebureau ciudaddetrabajo \
         city town citytown locality businesscity workcity mailingcity addresscity ort stadt wohnort ville \
         commune ciudad localidad poblacion citta plaats address1city",
    ),
    (
        "region",
        "regiongeschaftlich mailingstateprovince \
         region state stateregion stateprovince provincestate stateorprovince stateorregion province county \
         businessstate workstate mailingstate addressstate bundesland kanton etat estado provincia \
         comunidadautonoma address1region",
    ),
    (
        "postal_code",
        "postleitzahlgeschaftlich codepostalbureau codigopostaldeltrabajo mailingzippostalcode \
         postalcode postcode zip zipcode zippostalcode zippostcode businesspostalcode businesszip workzip \
         workzipcode workpostalcode mailingzip mailingpostalcode plz postleitzahl codepostal codigopostal cp \
         cap address1postalcode",
    ),
    (
        "country",
        "landregiongeschaftlich paysregionbureau paisoregiondeltrabajo \
         country countryregion businesscountry businesscountryregion workcountry mailingcountry \
         addresscountry nation land landregion staat pays paysregion pais paisregion paese address1country",
    ),
    ("home_street", "homestreet homeaddress homestreetaddress privatadresse straseprivat"),
    ("home_city", "homecity ortprivat villedomicile"),
    ("home_region", "homestate homeregion homestateorregion homeprovince"),
    ("home_postal_code", "homepostalcode homezip homezipcode homepostcode postleitzahlprivat"),
    ("home_country", "homecountry homecountryregion"),
    (
        "website",
        "companydomain companydomainname \
         website websiteurl web webpage webpage1 webaddress homepage url companywebsite businesswebsite \
         companyurl internet internetseite webseite siteweb siteinternet sitioweb paginaweb website1value",
    ),
    (
        "linkedin",
        "linkedin linkedinurl linkedinprofile linkedinprofileurl linkedinlink linkedinpage profilelinkedin \
         perfillinkedin",
    ),
    ("social", "social sociallink othersociallink socialprofile socialmedia xing xingprofil"),
    ("x_profile", "twitter twitterhandle twitterurl twitterprofile xprofile"),
    ("github", "github githuburl githubprofile"),
    ("facebook", "facebook facebookurl facebookprofile"),
    ("instagram", "instagram instagramurl instagramprofile"),
    (
        "labels",
        "labels label tags tag categories category groups groupmembership kategorien kategorie schlagworte \
         etiquettes categorie etiquetas categorias",
    ),
    (
        "description",
        "description about bio biography notes note comments comment remarks remark notizen notiz bemerkung \
         bemerkungen anmerkungen kommentar beschreibung remarques commentaires commentaire notas comentarios \
         observaciones descripcion",
    ),
    ("approval", "approvalstatus"),
    ("source", "contactsource createsource contactcreatesource"),
];

/// Headers that may well mean something else.
pub(crate) const VAGUE: &[(&str, &str)] = &[
    ("title", "title role titel titre titulo rolle"),
    (
        "work_phone",
        "phone phonenumber telephone telephonenumber tel telno telefon telefonnummer rufnummer \
         numerodetelephone telefono numerodetelefono phone1 phone1value primaryphone contactphone \
         contactnumber contactnumbers phoneno telefoon telefone",
    ),
    ("street", "address adresse anschrift direccion domicilio fulladdress indirizzo adres"),
    ("city", "location standort lieu ubicacion"),
    ("website", "site link links weblink"),
    ("labels", "group gruppe gruppen groupe groupes grupo grupos type contacttype"),
    ("social", "profile profileurl"),
    ("employer", "client customer institution kunde"),
];

/// Headers of a column with the whole name of a person.
pub(crate) const WHOLE_NAMES: &str = "name fullname displayname contactname contact contactperson personname namefull fileas vollstandigername \
     vornameundnachname vornamenachname namevorname ansprechpartner kontakt kontaktname kontaktperson \
     anzeigename nomcomplet nometprenom prenometnom nom nomprenom nombre nombrecompleto nombreyapellidos \
     nombreyapellido contacto recruiter recruitername interviewer interviewername";

/// Whether a list as above has the header. An empty header is in none.
pub(crate) fn is_listed(list: &str, name: &str) -> bool {
    !name.is_empty() && list.split(' ').any(|known| known == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_writers::TEMPLATE;

    #[test]
    fn headers_compare_without_accents_and_signs() {
        assert_eq!(normalise(" E-mail Address "), "emailaddress");
        assert_eq!(normalise("Straße & Haus-Nr."), "strasehausnr");
        assert_eq!(normalise("Prénom"), "prenom");
        assert_eq!(normalise("País/Región"), "paisregion");
        assert_eq!(normalise("ＥＭＡＩＬ"), "email");
    }

    #[test]
    fn every_synonym_is_normalised_names_a_field_and_stands_once() {
        let mut seen: Vec<&str> = Vec::new();
        for (field, names) in PLAIN.iter().chain(VAGUE) {
            assert!(TEMPLATE.iter().any(|(key, _)| key == field), "{field}");
            for name in names.split(' ') {
                assert_eq!(normalise(name), name);
                assert!(!seen.contains(&name), "{name} stands twice");
                seen.push(name);
            }
        }
        for name in WHOLE_NAMES.split(' ') {
            assert_eq!(normalise(name), name);
            assert!(!seen.contains(&name), "{name} stands twice");
        }
    }

    #[test]
    fn columns_without_a_header_are_numbered() {
        let headers = Headers::new(["A".to_owned(), " ".to_owned()]);
        assert_eq!(headers.name(1), "Column 2");
        assert_eq!(headers.into_names(), ["A", "Column 2"]);
    }
}
